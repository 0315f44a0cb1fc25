// The conversation as the widget knows it: speaks the visitor's side of the wire contract and holds one view
// that the screen draws. It touches neither the document nor the network itself; socket, storage, clock and
// lock are handed in.

import type { SocketHandlers, SocketState } from '../shared/socket';
import type {
  ConversationState,
  Handoff,
  Identity,
  Locale,
  Message,
  Person,
  Sender,
  ServerFrame,
  StorefrontEventName,
  Survey,
  VisitorFrame,
  Money,
} from '../shared/wire';
import type { Exclusive, Memory } from './memory';
import { isMessage, Outbox, type OutMessage } from './outbox';
import { merge } from './timeline';

export interface View {
  open: boolean;
  connection: 'idle' | 'connecting' | 'online' | 'offline' | 'refused';
  locale: Locale;
  state: ConversationState;
  bot: Person;
  agent?: Person;
  handoff?: Handoff;
  messages: Message[];
  pending: OutMessage[];
  typing?: Sender;
  survey?: Survey;
  /** Answered in this tab just now: say thanks. */
  thanks?: boolean;
  unread: number;
  more: boolean;
  loading: boolean;
  /** The newest of the visitor's messages an agent has read. */
  seen: number;
}

export interface Socket {
  readonly state: SocketState;
  start(): void;
  stop(): void;
  restart(): void;
  settled(): void;
  hurry(): void;
  send(frame: VisitorFrame): boolean;
}

export interface World {
  site: string;
  locale: Locale;
  memory: Memory;
  exclusive: Exclusive;
  socket(handlers: SocketHandlers<ServerFrame>): Socket;
  uuid(): string;
  now(): number;
  page(): { url: string; title: string };
  /** The visitor can see the page. */
  visible(): boolean;
}

// An answer that takes longer comes from a connection that is dead without knowing it.
const ackWithin = 12_000;
const helloWithin = 8_000;
const typingLasts = 8_000;

export class Chat {
  view: View;
  readonly #socket: Socket;
  readonly #outbox: Outbox;
  #listener: () => void = () => undefined;
  #identity: Identity | undefined;
  #conversation: string | undefined;
  #greeted: (() => void) | undefined;
  #ready = false;
  #connections = 0;
  #ackTimer: Timer;
  #typingTimer: Timer;
  #thinkingTimer: Timer;
  #retryTimer: Timer;
  #toldTyping = 0;
  #readSeq = 0;

  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.#outbox = new Outbox(world.memory);
    this.view = {
      open: false,
      connection: 'idle',
      locale: world.locale,
      state: 'bot',
      bot: { name: '' },
      messages: [],
      pending: this.#outbox.messages,
      unread: 0,
      more: false,
      loading: false,
      seen: 0,
    };
    this.#socket = world.socket({
      onOpen: () => this.#hello(),
      onFrame: (frame) => this.#hear(frame),
      onState: (state) => this.#connected(state),
    });
    world.memory.watch(() => this.#otherTab());
  }

  subscribe(listener: () => void): void {
    this.#listener = listener;
  }

  // ---- what the visitor and the page do

  /** Picks up where an earlier page stopped: unsent messages, or a person who may write any moment. */
  resume(): void {
    const kept = this.#world.memory.kept();
    if (kept.token && (kept.live || this.#outbox.all.length > 0)) this.#connect();
  }

  open(): void {
    this.#set({ open: true });
    this.#connect();
    this.sawAll();
  }

  close(): void {
    this.#tellTyping(false);
    this.#set({ open: false, thanks: false });
  }

  say(text: string): void {
    const trimmed = text.trim();
    if (trimmed) this.#post({ id: this.#world.uuid(), at: this.#world.now(), text: trimmed });
  }

  choose(choice: string, label: string): void {
    this.#post({ id: this.#world.uuid(), at: this.#world.now(), text: label, choice });
  }

  retry(id: string): void {
    this.#outbox.mark(id, false);
    this.#set({ pending: this.#outbox.messages });
    this.#connect();
    this.#flush();
  }

  discard(id: string): void {
    this.#outbox.remove(id);
    this.#set({ pending: this.#outbox.messages });
  }

  event(name: StorefrontEventName, details: { product?: string; value?: Money } = {}): void {
    this.#outbox.add({ id: this.#world.uuid(), at: this.#world.now(), name, ...details });
    // Merely looking at pages opens no conversation: the view is told once something else does.
    if (name !== 'page_view' || this.#world.memory.kept().token) this.#connect();
    this.#flush();
  }

  identify(identity: Identity): void {
    const same = JSON.stringify(identity) === JSON.stringify(this.#identity);
    this.#identity = identity;
    if (!same && this.#ready) this.#socket.restart();
  }

  typing(text: string): void {
    this.#tellTyping(text.trim() !== '');
  }

  older(): void {
    const first = this.view.messages[0];
    if (!first || !this.view.more || this.view.loading || !this.#ready) return;
    if (this.#socket.send({ type: 'history', before: first.seq, limit: 50 })) this.#set({ loading: true });
  }

  rate(score: number, comment: string): void {
    const survey = this.view.survey;
    if (!survey) return;
    const trimmed = comment.trim();
    const sent = this.#socket.send({
      type: 'survey',
      survey: survey.survey,
      score,
      ...(trimmed && { comment: trimmed }),
    });
    if (sent) this.#set({ survey: undefined, thanks: true });
  }

  skipSurvey(): void {
    this.#set({ survey: undefined });
  }

  end(): void {
    this.#socket.send({ type: 'end' });
  }

  speak(locale: Locale): void {
    this.#world.memory.set('site', 'locale', locale);
    this.#set({ locale });
  }

  /** The visitor looks at the newest message. */
  sawAll(): void {
    if (!this.view.open || !this.#world.visible()) return;
    const last = this.view.messages[this.view.messages.length - 1]?.seq ?? 0;
    if (last <= this.#readSeq) return;
    this.#readSeq = last;
    if (this.#ready) this.#socket.send({ type: 'read', seq: last });
    this.#world.memory.keep({ read: last });
    this.#count();
  }

  // ---- the connection

  #connect(): void {
    if (this.view.connection === 'refused') return;
    this.#socket.start();
  }

  #connected(state: SocketState): void {
    if (state !== 'open') {
      this.#ready = false;
      this.#greeted?.();
      clearTimeout(this.#ackTimer);
      this.#outbox.land();
    }
    if (this.view.connection === 'refused') return;
    if (state === 'waiting') this.#set({ connection: 'offline', typing: undefined, loading: false });
    else if (state === 'connecting' && this.view.connection === 'idle') this.#set({ connection: 'connecting' });
  }

  // Under a lock until the welcome: two tabs must not both open a conversation, and whoever comes second
  // finds the token of the first.
  #hello(): void {
    const connection = ++this.#connections;
    this.#world.exclusive(
      () =>
        new Promise<void>((done) => {
          // Waiting for the lock outlived the connection.
          if (connection !== this.#connections || this.#socket.state !== 'open') return done();
          const timer = setTimeout(() => {
            this.#greeted?.();
            this.#socket.restart();
          }, helloWithin);
          this.#greeted = () => {
            clearTimeout(timer);
            this.#greeted = undefined;
            done();
          };
          const { token, conversation } = this.#world.memory.kept();
          const after = conversation === this.#conversation ? this.#last : 0;
          const sent = this.#socket.send({
            type: 'hello',
            ...(token && conversation && { token, conversation, after }),
            locale: this.view.locale,
            site: this.#world.site,
            page: this.#world.page(),
            ...(this.#identity && { identity: this.#identity }),
          });
          if (!sent) this.#greeted();
        }),
    );
  }

  get #last(): number {
    return this.view.messages[this.view.messages.length - 1]?.seq ?? 0;
  }

  #post(message: OutMessage): void {
    this.#outbox.add(message);
    this.#toldTyping = 0;
    this.#set({ pending: this.#outbox.messages, thanks: false });
    this.#connect();
    this.#flush();
  }

  #flush(): void {
    if (!this.#ready) return;
    this.#outbox.flush((frame) => this.#socket.send(frame));
    if (this.#outbox.waiting) this.#expectAck();
  }

  #expectAck(): void {
    clearTimeout(this.#ackTimer);
    this.#ackTimer = setTimeout(() => this.#socket.restart(), ackWithin);
  }

  // ---- what the server says

  #hear(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        return this.#welcome(frame);
      case 'ack': {
        const item = this.#outbox.remove(frame.id);
        clearTimeout(this.#ackTimer);
        if (item && isMessage(item) && frame.seq) {
          const { id, text, choice } = item;
          this.#add([{ seq: frame.seq, at: frame.at, from: { role: 'visitor' }, id, text, ...(choice && { choice }) }]);
          this.#think(frame.seq);
        }
        return this.#flush();
      }
      case 'message': {
        const { type: _, ...message } = frame;
        if (message.from.role !== 'visitor') this.#quiet();
        return this.#add([message]);
      }
      case 'history':
        this.#set({ more: frame.more, loading: false });
        return this.#add(frame.messages);
      case 'typing':
        clearTimeout(this.#typingTimer);
        clearTimeout(this.#thinkingTimer);
        if (frame.on) this.#typingTimer = setTimeout(() => this.#set({ typing: undefined }), typingLasts);
        return this.#set({ typing: frame.on ? frame.from : undefined });
      case 'handoff':
        return this.#handoff(frame);
      case 'survey':
        return this.#set({ survey: frame, thanks: false });
      case 'read':
        return this.#set({ seen: Math.max(this.view.seen, frame.seq) });
      case 'error':
        return this.#refused(frame.code, frame.id);
    }
  }

  #welcome(frame: Extract<ServerFrame, { type: 'welcome' }>): void {
    this.#socket.settled();
    this.#ready = true;
    const other = frame.conversation !== this.#conversation;
    const before = this.#world.memory.kept();
    // Where the gap is longer than the server gives at once, what was above it is fetched again on scrolling.
    const known = other || frame.more ? [] : this.view.messages;
    this.#conversation = frame.conversation;
    const changed = before.conversation !== frame.conversation;
    this.#readSeq = changed ? 0 : (before.read ?? 0);
    this.#world.memory.keep({
      conversation: frame.conversation,
      token: frame.token,
      ...(changed && { read: 0 }),
      live: frame.state === 'agent' || frame.state === 'queued',
    });
    this.#greeted?.();
    this.#set({
      connection: 'online',
      state: frame.state,
      bot: frame.bot,
      agent: frame.agent,
      handoff: frame.handoff,
      survey: frame.survey ?? (other ? undefined : this.view.survey),
      more: frame.more ?? (other ? false : this.view.more),
      loading: false,
      messages: known,
      ...(other && { seen: 0, typing: undefined }),
    });
    this.#add(frame.history);
    this.#flush();
  }

  #handoff(frame: Handoff): void {
    const { state } = frame;
    const change: Partial<View> = { handoff: { ...frame, reason: frame.reason ?? this.view.handoff?.reason } };
    if (state === 'queued') change.state = 'queued';
    if (state === 'accepted') change.state = 'agent';
    if (state === 'accepted') change.agent = frame.agent;
    if (state === 'returned' || state === 'offline') change.state = 'bot';
    if (state === 'closed') change.state = 'closed';
    if (state === 'returned' || state === 'closed' || state === 'queued') change.agent = undefined;
    this.#set(change);
    this.#world.memory.keep({ live: state === 'queued' || state === 'accepted' });
  }

  #refused(code: string, id: string | undefined): void {
    if (!this.#ready && code === 'forbidden') {
      this.#greeted?.();
      this.#set({ connection: 'refused' });
      return this.#socket.stop();
    }
    if (!this.#ready && code === 'unavailable') return this.#socket.restart();
    if (!this.#ready || !id) return;
    clearTimeout(this.#ackTimer);
    const item = this.#outbox.all.find((one) => one.id === id);
    if (!item) return;
    if (code === 'unavailable' || code === 'rate_limited' || code === 'conflict') {
      this.#outbox.land(id);
      clearTimeout(this.#retryTimer);
      this.#retryTimer = setTimeout(() => this.#flush(), 1500 + Math.random() * 1500);
    } else {
      if (isMessage(item)) this.#outbox.mark(id, true);
      else this.#outbox.remove(id);
      this.#set({ pending: this.#outbox.messages });
      this.#flush();
    }
  }

  #add(fresh: Message[]): void {
    for (const message of fresh) {
      if (message.id && message.from.role === 'visitor') this.#outbox.remove(message.id);
    }
    const messages = merge(this.view.messages, fresh);
    // A message after the end opens the conversation again; the server sends no frame of its own for that.
    const newest = messages[messages.length - 1];
    const reopened = this.view.state === 'closed' && newest?.from.role === 'visitor' && fresh.includes(newest);
    this.#set({ messages, pending: this.#outbox.messages, ...(reopened && { state: 'bot', handoff: undefined, survey: undefined }) });
    this.#count();
  }

  // ---- small things

  // The bot answers at once; when it does not, the visitor sees that it is at work.
  #think(seq: number): void {
    clearTimeout(this.#thinkingTimer);
    if (this.view.state !== 'bot' || this.#last > seq) return;
    this.#thinkingTimer = setTimeout(() => {
      this.#set({ typing: { role: 'bot', name: this.view.bot.name } });
      this.#thinkingTimer = setTimeout(() => this.#quiet(), typingLasts);
    }, 250);
  }

  #quiet(): void {
    clearTimeout(this.#typingTimer);
    clearTimeout(this.#thinkingTimer);
    if (this.view.typing) this.#set({ typing: undefined });
  }

  #tellTyping(on: boolean): void {
    if (!this.#ready || this.view.state !== 'agent') return;
    const now = this.#world.now();
    if (on ? now - this.#toldTyping < 3000 : this.#toldTyping === 0) return;
    this.#toldTyping = on ? now : 0;
    this.#socket.send({ type: 'typing', on });
  }

  #count(): void {
    const unread = this.view.messages.filter(
      // The greeting of a chat nobody has opened is no news.
      (message) => message.seq > Math.max(1, this.#readSeq) && message.from.role !== 'visitor' && message.from.role !== 'system',
    ).length;
    if (unread !== this.view.unread) this.#set({ unread });
  }

  #otherTab(): void {
    const kept = this.#world.memory.kept();
    if ((kept.read ?? 0) > this.#readSeq && kept.conversation === this.#conversation) {
      this.#readSeq = kept.read ?? 0;
      this.#count();
    }
    // The server did not know our conversation any more and another tab was first to open a new one.
    if (this.#ready && kept.conversation && kept.conversation !== this.#conversation) this.#socket.restart();
  }

  #set(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    this.#listener();
  }
}

type Timer = ReturnType<typeof setTimeout> | undefined;
