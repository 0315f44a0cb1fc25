// What the server says, frame by frame, and what it changes in the view.

import { frameOf } from './outbox';
import { addMessages, firstGap, lastSeq } from './thread';
import { counted, itemOf, roomOf, type Room, type Toast, type View } from './view';
import type { AgentIn, AgentOut, ConversationFrame, Note, PresenceStatus } from './wire';

/** The desk, as far as the news need it. */
export interface Listening {
  readonly view: View;
  /** The presence this agent chose in this tab. */
  readonly wish: PresenceStatus | undefined;
  send(frame: AgentOut): boolean;
  /** The server knows this agent: the line is good. */
  welcomed(): void;
  /** The server takes this agent for `status`: tells it what was chosen here, where that differs. */
  wished(status: PresenceStatus): void;
  /** Asks for a conversation from where it is known. */
  read(conversation: string): void;
  seen(conversation: string): void;
  /** The outbox has changed. */
  kept(): void;
  say(kind: Toast['kind'], key: Toast['key'], values?: Record<string, string>, about?: string): void;
  rang(): void;
  changed(): void;
}

const typingLasts = 8_000;

export class News {
  readonly #desk: Listening;
  /** The request this agent last reached for, and whether it is known who was faster. */
  #race: { id: string; told: boolean } | undefined;

  constructor(desk: Listening) {
    this.#desk = desk;
  }

  /** This agent reaches for a request; others may, too. */
  reached(id: string): void {
    this.#race = { id, told: false };
  }

  take(frame: AgentIn): void {
    const { view } = this.#desk;
    switch (frame.type) {
      case 'welcome': {
        this.#desk.welcomed();
        view.link = 'live';
        view.me = frame.agent;
        view.status = frame.status;
        view.colleagues = frame.agents;
        view.teams = frame.teams;
        view.canned = frame.canned;
        view.queue = frame.queue.map(counted);
        view.mine = frame.mine.map(counted);
        delete view.accepting;
        this.#desk.wished(frame.status);
        // What came while the line was down: one's own and the open one are read on from where they stood.
        for (const { conversation } of view.mine) this.#desk.read(conversation);
        if (view.open && !view.mine.some((one) => one.conversation === view.open)) this.#desk.read(view.open);
        for (const one of view.outbox) if (one.status === 'sending') this.#desk.send(frameOf(one));
        break;
      }
      case 'queue': {
        const known = new Set(view.queue.map((one) => one.conversation));
        view.queue = frame.items.map(counted);
        if (view.queue.some((one) => !known.has(one.conversation))) this.#desk.rang();
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
        if (mine) view.mine.push(item ?? itemOf(view, frame.conversation));
        const room = view.rooms.get(frame.conversation);
        if (room) Object.assign(room, { epoch: frame.epoch, state: frame.state, agent: frame.agent });
        if (mine && !had && view.accepting !== frame.conversation && view.open !== frame.conversation) {
          this.#desk.say('info', 'assignedToYou', { name: item?.visitor ?? '' }, frame.conversation);
          this.#desk.rang();
        }
        if (!mine && frame.agent && this.#race?.id === frame.conversation && !this.#race.told) {
          delete view.accepting;
          this.#race.told = true;
          this.#desk.say('error', 'taken', { name: frame.agent.name });
        }
        break;
      }
      case 'message': {
        const room = roomOf(view, frame.conversation);
        const { type: _, conversation, ...message } = frame;
        if (message.from.role === 'agent' && message.id) this.#arrived(message.id);
        addMessages(room, [message]);
        if (message.from.role === 'visitor') {
          delete room.typing;
          if (room.agent?.id === view.me.id) this.#desk.rang();
        }
        if (room.loaded && firstGap(room.messages) !== undefined) this.#desk.read(conversation);
        if (view.open === conversation) this.#desk.seen(conversation);
        break;
      }
      case 'note': {
        const { type: _, conversation, ...note } = frame;
        if (note.id) this.#arrived(note.id);
        addNote(roomOf(view, conversation), note);
        break;
      }
      case 'typing': {
        const room = roomOf(view, frame.conversation);
        if (frame.on) {
          room.typing = { until: Date.now() + typingLasts, ...(frame.from.name ? { name: frame.from.name } : {}) };
          setTimeout(() => {
            if (room.typing && room.typing.until <= Date.now()) {
              delete room.typing;
              this.#desk.changed();
            }
          }, typingLasts + 50);
        } else delete room.typing;
        break;
      }
      case 'read': {
        const room = roomOf(view, frame.conversation);
        if (frame.from?.role === 'visitor') room.visitorRead = Math.max(room.visitorRead, frame.seq);
        else room.myRead = Math.max(room.myRead, frame.seq);
        break;
      }
      case 'presence':
        if (frame.agent.id === view.me.id) view.status = frame.status === 'offline' && view.link === 'live' && this.#desk.wish !== 'offline' ? view.status : frame.status;
        if (view.colleagues.some((one) => one.id === frame.agent.id))
          view.colleagues = view.colleagues.map((one) => (one.id === frame.agent.id ? { ...one, status: frame.status } : one));
        else view.colleagues = [...view.colleagues, { ...frame.agent, status: frame.status }];
        break;
      case 'ack': {
        const one = view.outbox.find((other) => other.id === frame.id);
        if (!one) break;
        const room = roomOf(view, one.conversation);
        const from = { role: 'agent' as const, name: view.me.name };
        if (one.kind === 'note') addNote(room, { seq: frame.seq ?? 0, at: frame.at, from, id: one.id, text: one.text });
        else if (frame.seq !== undefined)
          addMessages(room, [
            ...(frame.missed ?? []),
            { seq: frame.seq, at: frame.at, from, text: one.text, id: one.id, ...(one.products.length ? { products: one.products } : {}) },
          ]);
        if (frame.missed?.length) room.missed = frame.missed.filter((message) => message.from.role === 'visitor').length;
        this.#arrived(one.id);
        if (room.loaded && firstGap(room.messages) !== undefined) this.#desk.read(room.id);
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
    this.#desk.changed();
  }

  #show(frame: ConversationFrame): void {
    const { view } = this.#desk;
    const room = roomOf(view, frame.conversation);
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
    if (mine && !view.mine.some((one) => one.conversation === room.id)) view.mine.push(itemOf(view, room.id));
    if (mine && view.accepting === room.id) {
      delete view.accepting;
      view.open = room.id;
    }
    if (this.#race?.id === room.id && view.accepting !== room.id) {
      if (!mine && !this.#race.told) {
        if (frame.agent) this.#desk.say('error', 'taken', { name: frame.agent.name });
        else if (frame.state !== 'queued') this.#desk.say('error', 'gone');
      }
      this.#race = undefined;
      if (!mine && view.open !== room.id) this.#desk.send({ type: 'leave', conversation: room.id });
    }
    if (view.open === room.id) this.#desk.seen(room.id);
  }

  #wrong(frame: Extract<AgentIn, { type: 'error' }>): void {
    const { view } = this.#desk;
    const one = view.outbox.find((other) => other.id === frame.id);
    if (one) {
      one.status = frame.code === 'conflict' || frame.code === 'forbidden' || frame.code === 'not_found' ? 'refused' : 'failed';
      one.why = frame.message;
      const room = roomOf(view, one.conversation);
      if (frame.epoch !== undefined) room.epoch = frame.epoch;
      if (frame.missed) {
        addMessages(room, frame.missed);
        room.missed = frame.missed.filter((message) => message.from.role === 'visitor').length;
      }
      this.#desk.kept();
      return;
    }
    if (frame.code === 'conflict' && this.#race && frame.conversation === this.#race.id) {
      delete view.accepting;
      if (this.#race.told) this.#race = undefined;
      else this.#desk.read(this.#race.id); // The answer says who has it.
      return;
    }
    if (view.accepting && (frame.conversation === view.accepting || frame.conversation === undefined)) {
      delete view.accepting;
      this.#desk.say('error', 'otherError', { detail: frame.message });
      return;
    }
    if (frame.code === 'not_found' && frame.conversation && frame.conversation === view.open) delete view.open;
    this.#desk.say('error', 'otherError', { detail: frame.message });
  }

  #arrived(id: string): void {
    const { view } = this.#desk;
    const left = view.outbox.filter((one) => one.id !== id);
    if (left.length === view.outbox.length) return;
    view.outbox = left;
    this.#desk.kept();
  }
}

function addNote(room: Room, note: Note): void {
  if (room.notes.some((one) => one.seq === note.seq)) return;
  room.notes = [...room.notes, note].sort((a, b) => a.seq - b.seq);
}
