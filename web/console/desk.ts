// The agent's socket and everything known through it: the queue, one's own conversations, the open ones. The one
// mutable state of the console; faces read `view` and call the verbs. What was sent and not yet acknowledged is
// kept (over reloads too) and sent again with its id, which the server stores once.

import { LiveSocket, socketUrl } from '../shared/socket';
import type { ConversationState, HandoffReason, Locale, Message, Product } from '../shared/wire';
import { api, Refused } from './api';
import { addMessages, firstGap, lastSeq } from './thread';
import type { AgentIn, AgentOut, Canned, Colleague, ConversationFrame, Item, Me, Note, PresenceStatus, Problem, Readiness, Visitor } from './wire';

/** An item with the wait counted on this machine's clock. */
export type Waiting = Item & { begun: number; due?: number };

export interface Outgoing {
  kind: 'message' | 'note';
  id: string;
  conversation: string;
  text: string;
  products: Product[];
  epoch: number;
  after: number;
  at: string;
  /** sending: until acknowledged. refused: the conversation changed hands. failed: may be tried again. */
  status: 'sending' | 'refused' | 'failed';
  why?: string;
}

export interface Room {
  id: string;
  /** The history has been read; before, only what arrived live is there. */
  loaded: boolean;
  epoch: number;
  state: ConversationState;
  locale: Locale;
  visitor: Visitor;
  summary: string;
  readiness?: Readiness;
  interests: Product[];
  labels: string[];
  agent: { id: string; name: string } | null;
  reason?: HandoffReason;
  team?: string;
  notes: Note[];
  messages: Message[];
  more: boolean;
  /** Newest message the visitor, and I, have seen. */
  visitorRead: number;
  myRead: number;
  typing?: { until: number; name?: string };
  /** Messages that came while the last sent one was being written. */
  missed: number;
}

export interface Toast {
  id: number;
  kind: 'info' | 'error';
  key: 'taken' | 'gone' | 'accepted' | 'transferred' | 'closedToast' | 'assignedToYou' | 'otherError';
  values: Record<string, string>;
  /** The conversation whose visitor is meant by {name}. */
  about?: string;
}

export interface View {
  link: 'connecting' | 'live' | 'lost';
  me: Me;
  status: PresenceStatus;
  colleagues: Colleague[];
  teams: string[];
  canned: Canned[];
  queue: Waiting[];
  mine: Waiting[];
  rooms: Map<string, Room>;
  outbox: Outgoing[];
  open?: string;
  accepting?: string;
  problems: Problem[];
  toasts: Toast[];
}

export interface DeskEvents {
  changed(): void;
  signedOut(): void;
  /** Something new for this agent: a request in the queue or a visitor's message. */
  rang(): void;
}

const typingLasts = 8_000;
const outboxKey = 'maru.outbox';

export class Desk {
  readonly view: View;
  readonly #events: DeskEvents;
  readonly #socket: LiveSocket<AgentIn, AgentOut>;
  #wish: PresenceStatus | undefined;
  #toast = 0;
  /** The request this agent last reached for, and whether it is known who was faster. */
  #race: { id: string; told: boolean } | undefined;
  #welcomed = false;

  constructor(me: Me, events: DeskEvents) {
    this.#events = events;
    this.view = {
      link: 'connecting',
      me,
      status: 'online',
      colleagues: [],
      teams: [],
      canned: [],
      queue: [],
      mine: [],
      rooms: new Map(),
      outbox: restore(me),
      problems: [],
      toasts: [],
    };
    this.#socket = new LiveSocket<AgentIn, AgentOut>(socketUrl(location.origin, '/ws/agent'), {
      onOpen: () => this.#socket.send({ type: 'hello' }),
      onFrame: (frame) => this.#take(frame),
      onState: (state) => {
        if (state === 'open') return; // Live once welcomed.
        this.view.link = this.#welcomed ? 'lost' : 'connecting';
        this.#events.changed();
      },
      onClose: () => void this.#stillSignedIn(),
    });
  }

  start(): void {
    this.#socket.start();
  }
  stop(): void {
    this.#socket.stop();
  }

  // ---- verbs

  /** Shows a conversation, undefined for none. One's own stay subscribed when another is shown. */
  open(id: string | undefined): void {
    const { view } = this;
    if (view.open === id) return;
    if (view.open && !view.mine.some((one) => one.conversation === view.open)) this.#socket.send({ type: 'leave', conversation: view.open });
    if (id === undefined) delete view.open;
    else {
      view.open = id;
      this.#read(id);
      this.seen(id);
    }
    this.#events.changed();
  }

  accept(id: string): void {
    if (this.view.accepting === id) return;
    if (!this.#socket.send({ type: 'accept', conversation: id })) return;
    this.view.accepting = id;
    this.#race = { id, told: false };
    this.#events.changed();
  }

  send(room: Room, kind: Outgoing['kind'], text: string, products: Product[]): void {
    const one: Outgoing = {
      kind,
      id: freshId(),
      conversation: room.id,
      text,
      products,
      epoch: room.epoch,
      after: lastSeq(room.messages),
      at: new Date().toISOString(),
      status: 'sending',
    };
    this.view.outbox.push(one);
    room.missed = 0;
    this.#put(one);
    this.#kept();
  }

  /** Again, knowing what is there now. */
  again(one: Outgoing): void {
    const room = this.view.rooms.get(one.conversation);
    if (room) {
      one.epoch = room.epoch;
      one.after = lastSeq(room.messages);
    }
    one.status = 'sending';
    delete one.why;
    this.#put(one);
    this.#kept();
  }

  discard(one: Outgoing): void {
    this.view.outbox = this.view.outbox.filter((other) => other !== one);
    this.#kept();
  }

  typing(conversation: string, on: boolean): void {
    this.#socket.send({ type: 'typing', conversation, on });
  }

  transfer(conversation: string, to: { agent: string } | { team: string } | { bot: true }, note: string): void {
    this.#socket.send({ type: 'transfer', conversation, to, ...(note ? { note } : {}) });
  }

  close(conversation: string, resolution: string): void {
    this.#socket.send({ type: 'close', conversation, ...(resolution ? { resolution } : {}) });
  }

  label(room: Room, change: { add?: string[]; remove?: string[] }): void {
    if (!this.#socket.send({ type: 'label', conversation: room.id, ...change })) return;
    const gone = new Set(change.remove ?? []);
    room.labels = [...new Set([...room.labels.filter((one) => !gone.has(one)), ...(change.add ?? [])])];
    this.#events.changed();
  }

  presence(status: PresenceStatus): void {
    this.#wish = status;
    if (this.#socket.send({ type: 'presence', status })) this.view.status = status;
    this.#events.changed();
  }

  /** Everything in an open conversation has been looked at. */
  seen(id: string): void {
    const room = this.view.rooms.get(id);
    if (!room || document.visibilityState === 'hidden') return;
    const last = lastSeq(room.messages);
    if (last <= room.myRead) return;
    room.myRead = last;
    if (room.agent?.id === this.view.me.id) this.#socket.send({ type: 'read', conversation: id, seq: last });
    this.#events.changed();
  }

  async earlier(room: Room): Promise<void> {
    const { messages } = await api.transcript(room.id);
    addMessages(room, messages);
    room.more = false;
    this.#events.changed();
  }

  dismiss(id: number): void {
    this.view.toasts = this.view.toasts.filter((one) => one.id !== id);
    this.#events.changed();
  }
  hideProblems(): void {
    this.view.problems = [];
    this.#events.changed();
  }

  unread(id: string): number {
    const room = this.view.rooms.get(id);
    return room ? room.messages.filter((one) => one.from.role === 'visitor' && one.seq > room.myRead).length : 0;
  }

  // ---- frames

  #take(frame: AgentIn): void {
    const { view } = this;
    switch (frame.type) {
      case 'welcome': {
        this.#socket.settled();
        this.#welcomed = true;
        view.link = 'live';
        view.me = frame.agent;
        view.status = frame.status;
        view.colleagues = frame.agents;
        view.teams = frame.teams;
        view.canned = frame.canned;
        view.queue = frame.queue.map(counted);
        view.mine = frame.mine.map(counted);
        delete view.accepting;
        if (this.#wish && this.#wish !== frame.status) this.presence(this.#wish);
        // What came while the line was down: one's own and the open one are read on from where they stood.
        for (const { conversation } of view.mine) this.#read(conversation);
        if (view.open && !view.mine.some((one) => one.conversation === view.open)) this.#read(view.open);
        for (const one of view.outbox) if (one.status === 'sending') this.#put(one);
        break;
      }
      case 'queue': {
        const known = new Set(view.queue.map((one) => one.conversation));
        view.queue = frame.items.map(counted);
        if (view.queue.some((one) => !known.has(one.conversation))) this.#events.rang();
        break;
      }
      case 'conversation':
        this.#show(frame);
        break;
      case 'assigned': {
        const mine = frame.agent?.id === view.me.id;
        const item = [...view.queue, ...view.mine].find((one) => one.conversation === frame.conversation);
        const had = view.mine.some((one) => one.conversation === frame.conversation);
        view.queue = view.queue.filter((one) => one.conversation !== frame.conversation || frame.state === 'queued');
        view.mine = view.mine.filter((one) => one.conversation !== frame.conversation);
        if (mine) view.mine.push(item ?? this.#itemOf(frame.conversation));
        const room = view.rooms.get(frame.conversation);
        if (room) Object.assign(room, { epoch: frame.epoch, state: frame.state, agent: frame.agent });
        if (mine && !had && view.accepting !== frame.conversation && view.open !== frame.conversation) {
          this.#say('info', 'assignedToYou', { name: item?.visitor ?? '' }, frame.conversation);
          this.#events.rang();
        }
        if (!mine && frame.agent && this.#race?.id === frame.conversation && !this.#race.told) {
          delete view.accepting;
          this.#race.told = true;
          this.#say('error', 'taken', { name: frame.agent.name });
        }
        break;
      }
      case 'message': {
        const room = this.#room(frame.conversation);
        const { type: _, conversation, ...message } = frame;
        if (message.from.role === 'agent' && message.id) this.#arrived(message.id);
        addMessages(room, [message]);
        if (message.from.role === 'visitor') {
          delete room.typing;
          if (room.agent?.id === view.me.id) this.#events.rang();
        }
        if (room.loaded && firstGap(room.messages) !== undefined) this.#read(conversation);
        if (view.open === conversation) this.seen(conversation);
        break;
      }
      case 'note': {
        const { type: _, conversation, ...note } = frame;
        if (note.id) this.#arrived(note.id);
        addNote(this.#room(conversation), note);
        break;
      }
      case 'typing': {
        const room = this.#room(frame.conversation);
        if (frame.on) {
          room.typing = { until: Date.now() + typingLasts, ...(frame.from.name ? { name: frame.from.name } : {}) };
          setTimeout(() => {
            if (room.typing && room.typing.until <= Date.now()) {
              delete room.typing;
              this.#events.changed();
            }
          }, typingLasts + 50);
        } else delete room.typing;
        break;
      }
      case 'read': {
        const room = this.#room(frame.conversation);
        if (frame.from?.role === 'visitor') room.visitorRead = Math.max(room.visitorRead, frame.seq);
        else room.myRead = Math.max(room.myRead, frame.seq);
        break;
      }
      case 'presence':
        if (frame.agent.id === view.me.id) view.status = frame.status === 'offline' && view.link === 'live' && this.#wish !== 'offline' ? view.status : frame.status;
        if (view.colleagues.some((one) => one.id === frame.agent.id))
          view.colleagues = view.colleagues.map((one) => (one.id === frame.agent.id ? { ...one, status: frame.status } : one));
        else view.colleagues = [...view.colleagues, { ...frame.agent, status: frame.status }];
        break;
      case 'ack': {
        const one = view.outbox.find((other) => other.id === frame.id);
        if (!one) break;
        const room = this.#room(one.conversation);
        const from = { role: 'agent' as const, name: view.me.name };
        if (one.kind === 'note') addNote(room, { seq: frame.seq ?? 0, at: frame.at, from, id: one.id, text: one.text });
        else if (frame.seq !== undefined)
          addMessages(room, [
            ...(frame.missed ?? []),
            { seq: frame.seq, at: frame.at, from, text: one.text, id: one.id, ...(one.products.length ? { products: one.products } : {}) },
          ]);
        if (frame.missed?.length) room.missed = frame.missed.filter((message) => message.from.role === 'visitor').length;
        this.#arrived(one.id);
        if (room.loaded && firstGap(room.messages) !== undefined) this.#read(room.id);
        break;
      }
      case 'error':
        this.#wrong(frame);
        break;
      case 'handoff': {
        const room = view.rooms.get(frame.conversation);
        if (room && frame.reason) room.reason = frame.reason;
        break;
      }
      case 'labels': {
        const room = view.rooms.get(frame.conversation);
        if (room) room.labels = frame.labels;
        break;
      }
      case 'content':
        view.problems = frame.problems ?? [];
        break;
      default:
    }
    this.#events.changed();
  }

  #show(frame: ConversationFrame): void {
    const { view } = this;
    const room = this.#room(frame.conversation);
    Object.assign(room, {
      loaded: true,
      epoch: frame.epoch,
      state: frame.state,
      locale: frame.locale,
      visitor: frame.visitor,
      summary: frame.summary,
      readiness: frame.readiness,
      interests: frame.interests ?? [],
      labels: frame.labels ?? [],
      agent: frame.agent,
      reason: frame.reason,
      team: frame.team,
    });
    const before = lastSeq(room.messages);
    addMessages(room, frame.history);
    if (frame.more && (room.messages[0]?.seq ?? 1) > 1) room.more = true;
    for (const note of frame.notes ?? []) addNote(room, note);
    for (const one of [...frame.history, ...(frame.notes ?? [])]) if (one.id && one.from.role === 'agent') this.#arrived(one.id);
    const mine = frame.agent?.id === view.me.id;
    if (before === 0 && !mine) room.myRead = frame.seq;
    if (mine && !view.mine.some((one) => one.conversation === room.id)) view.mine.push(this.#itemOf(room.id));
    if (mine && view.accepting === room.id) {
      delete view.accepting;
      view.open = room.id;
    }
    if (this.#race?.id === room.id && view.accepting !== room.id) {
      if (!mine && !this.#race.told) {
        if (frame.agent) this.#say('error', 'taken', { name: frame.agent.name });
        else if (frame.state !== 'queued') this.#say('error', 'gone');
      }
      this.#race = undefined;
      if (!mine && view.open !== room.id) this.#socket.send({ type: 'leave', conversation: room.id });
    }
    if (view.open === room.id) this.seen(room.id);
  }

  #wrong(frame: Extract<AgentIn, { type: 'error' }>): void {
    const { view } = this;
    const one = view.outbox.find((other) => other.id === frame.id);
    if (one) {
      one.status = frame.code === 'conflict' || frame.code === 'forbidden' || frame.code === 'not_found' ? 'refused' : 'failed';
      one.why = frame.message;
      const room = this.#room(one.conversation);
      if (frame.epoch !== undefined) room.epoch = frame.epoch;
      if (frame.missed) {
        addMessages(room, frame.missed);
        room.missed = frame.missed.filter((message) => message.from.role === 'visitor').length;
      }
      this.#kept();
      return;
    }
    if (frame.code === 'conflict' && this.#race && frame.conversation === this.#race.id) {
      delete view.accepting;
      if (this.#race.told) this.#race = undefined;
      else this.#read(this.#race.id); // The answer says who has it.
      return;
    }
    if (view.accepting && (frame.conversation === view.accepting || frame.conversation === undefined)) {
      delete view.accepting;
      this.#say('error', 'otherError', { detail: frame.message });
      return;
    }
    if (frame.code === 'not_found' && frame.conversation && frame.conversation === view.open) delete view.open;
    this.#say('error', 'otherError', { detail: frame.message });
  }

  // ---- small parts

  #room(id: string): Room {
    let room = this.view.rooms.get(id);
    if (!room) {
      const item = [...this.view.mine, ...this.view.queue].find((one) => one.conversation === id);
      room = {
        id,
        loaded: false,
        epoch: item?.epoch ?? 0,
        state: 'bot',
        locale: item?.locale ?? 'ko',
        visitor: item?.visitor ? { name: item.visitor } : {},
        summary: item?.summary ?? '',
        interests: item?.interests ?? [],
        labels: [],
        agent: null,
        notes: [],
        messages: [],
        more: false,
        visitorRead: 0,
        myRead: 0,
        missed: 0,
        ...(item?.readiness ? { readiness: item.readiness } : {}),
        ...(item?.reason ? { reason: item.reason } : {}),
      };
      this.view.rooms.set(id, room);
    }
    return room;
  }

  #itemOf(id: string): Waiting {
    const room = this.#room(id);
    return {
      conversation: id,
      waiting_s: 0,
      since: new Date().toISOString(),
      begun: Date.now(),
      reason: room.reason ?? 'asked',
      locale: room.locale,
      summary: room.summary,
      ...(room.visitor.name ? { visitor: room.visitor.name } : {}),
      ...(room.readiness ? { readiness: room.readiness } : {}),
    };
  }

  // From the last message before any hole.
  #read(id: string): void {
    const room = this.#room(id);
    const after = room.loaded ? (firstGap(room.messages) ?? lastSeq(room.messages)) : 0;
    this.#socket.send({ type: 'open', conversation: id, ...(after > 0 ? { after } : {}) });
  }

  #put(one: Outgoing): void {
    const { conversation, id, text } = one;
    if (one.kind === 'note') this.#socket.send({ type: 'note', conversation, id, text });
    else
      this.#socket.send({
        type: 'message',
        conversation,
        id,
        text,
        epoch: one.epoch,
        after: one.after,
        ...(one.products.length ? { products: one.products.map((product) => product.id) } : {}),
      });
  }

  #arrived(id: string): void {
    const left = this.view.outbox.filter((one) => one.id !== id);
    if (left.length === this.view.outbox.length) return;
    this.view.outbox = left;
    this.#kept();
  }

  #kept(): void {
    try {
      sessionStorage.setItem(outboxKey, JSON.stringify({ agent: this.view.me.id, list: this.view.outbox }));
    } catch {
      // Private browsing: kept in memory only.
    }
    this.#events.changed();
  }

  #say(kind: Toast['kind'], key: Toast['key'], values: Record<string, string> = {}, about?: string): void {
    const id = ++this.#toast;
    this.view.toasts = [...this.view.toasts.slice(-2), { id, kind, key, values, ...(about ? { about } : {}) }];
    setTimeout(() => this.dismiss(id), 6_000);
  }

  // A browser does not say why a handshake was refused; the session may have ended.
  async #stillSignedIn(): Promise<void> {
    try {
      await api.me();
    } catch (error) {
      if (error instanceof Refused && (error.status === 401 || error.status === 403)) {
        this.stop();
        this.#events.signedOut();
      }
    }
  }
}

function addNote(room: Room, note: Note): void {
  if (room.notes.some((one) => one.seq === note.seq)) return;
  room.notes = [...room.notes, note].sort((a, b) => a.seq - b.seq);
}

function counted(item: Item): Waiting {
  const begun = Date.now() - item.waiting_s * 1000;
  return item.sla_due ? { ...item, begun, due: begun + Date.parse(item.sla_due) - Date.parse(item.since) } : { ...item, begun };
}

function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `c${Date.now().toString(36)}${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function restore(me: Me): Outgoing[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(outboxKey) ?? 'null') as { agent: string; list: Outgoing[] } | null;
    return kept?.agent === me.id ? kept.list : [];
  } catch {
    return [];
  }
}
