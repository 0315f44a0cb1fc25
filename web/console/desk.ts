// The agent's desk: the connection, and the verbs that faces call. What is known stands in `view`, the one mutable
// state of the console; what the server says changes it in news.ts.

import { LiveSocket, socketUrl } from '../shared/socket';
import type { Product } from '../shared/wire';
import { api, Refused } from './api';
import { News } from './news';
import { frameOf, keep, outgoing, restore } from './outbox';
import { addMessages, firstGap, lastSeq } from './thread';
import { emptyView, roomOf, type Outgoing, type Room, type Toast, type View } from './view';
import type { AgentIn, AgentOut, Me, PresenceStatus } from './wire';

export interface DeskEvents {
  changed(): void;
  signedOut(): void;
  /** Something new for this agent: a request in the queue or a visitor's message. */
  rang(): void;
}

export class Desk {
  readonly view: View;
  readonly #events: DeskEvents;
  readonly #socket: LiveSocket<AgentIn, AgentOut>;
  readonly #news: News;
  #wish: PresenceStatus | undefined;
  #toast = 0;
  #welcomed = false;

  constructor(me: Me, events: DeskEvents) {
    this.#events = events;
    const view = (this.view = emptyView(me, restore(me)));
    this.#socket = new LiveSocket<AgentIn, AgentOut>(socketUrl(location.origin, '/ws/agent'), {
      onOpen: () => this.#socket.send({ type: 'hello' }),
      onFrame: (frame) => this.#news.take(frame),
      onState: (state) => {
        if (state === 'open') return; // Live once welcomed.
        view.link = this.#welcomed ? 'lost' : 'connecting';
        events.changed();
      },
      onClose: () => void this.#stillSignedIn(),
    });
    const wish = () => this.#wish;
    this.#news = new News({
      view,
      get wish() {
        return wish();
      },
      send: (frame) => this.#socket.send(frame),
      welcomed: () => {
        this.#socket.settled();
        this.#welcomed = true;
      },
      wished: (status) => {
        if (this.#wish && this.#wish !== status) this.presence(this.#wish);
      },
      read: (id) => this.#read(id),
      seen: (id) => this.seen(id),
      kept: () => this.#kept(),
      say: (...toast) => this.#say(...toast),
      rang: () => events.rang(),
      changed: () => events.changed(),
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
    this.#news.reached(id);
    this.#events.changed();
  }

  send(room: Room, kind: Outgoing['kind'], text: string, products: Product[]): void {
    const one = outgoing(room, kind, text, products);
    this.view.outbox.push(one);
    room.missed = 0;
    this.#socket.send(frameOf(one));
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
    this.#socket.send(frameOf(one));
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

  // ---- small parts

  // From the last message before any hole.
  #read(id: string): void {
    const room = roomOf(this.view, id);
    const after = room.loaded ? (firstGap(room.messages) ?? lastSeq(room.messages)) : 0;
    this.#socket.send({ type: 'open', conversation: id, ...(after > 0 ? { after } : {}) });
  }

  #kept(): void {
    keep(this.view.me, this.view.outbox);
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
