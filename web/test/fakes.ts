// Stand-ins for what the chat is handed: storage, lock, socket and clock of our own.

import { Chat, type Socket, type World } from '../widget/client';
import type { Exclusive, Kept, Memory } from '../widget/memory';
import type { SocketHandlers, SocketState } from '../shared/socket';
import type { Message, ServerFrame, VisitorFrame, Welcome } from '../shared/wire';

/** One browser: what its tabs share. */
export class Browser {
  site = new Map<string, string>();
  tabs: FakeMemory[] = [];
  #line: Promise<void> = Promise.resolve();

  readonly exclusive: Exclusive = (work) => {
    this.#line = this.#line.then(work);
  };

  /** The lock's queue has run as far as it can. */
  async settle(): Promise<void> {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
}

export class FakeMemory implements Memory {
  tab = new Map<string, string>();
  changed: () => void = () => undefined;

  constructor(readonly browser: Browser) {
    browser.tabs.push(this);
  }
  kept(): Kept {
    return JSON.parse(this.browser.site.get('') ?? '{}') as Kept;
  }
  keep(change: Kept): void {
    this.set('site', '', JSON.stringify({ ...this.kept(), ...change }));
  }
  get(where: 'site' | 'tab', key: string): string | null {
    return (where === 'site' ? this.browser.site : this.tab).get(key) ?? null;
  }
  set(where: 'site' | 'tab', key: string, value: string | null): void {
    const map = where === 'site' ? this.browser.site : this.tab;
    if (value === null) map.delete(key);
    else map.set(key, value);
    if (where === 'site' && key === '') for (const other of this.browser.tabs) if (other !== this) other.changed();
  }
  watch(changed: () => void): void {
    this.changed = changed;
  }
}

export class FakeSocket implements Socket {
  state: SocketState = 'closed';
  sent: VisitorFrame[] = [];
  restarts = 0;

  constructor(readonly handlers: SocketHandlers<ServerFrame>) {}
  start(): void {
    if (this.state === 'closed') this.become('connecting');
  }
  stop(): void {
    this.become('closed');
  }
  restart(): void {
    this.restarts++;
    this.become('waiting');
  }
  settled(): void {}
  hurry(): void {}
  send(frame: VisitorFrame): boolean {
    if (this.state !== 'open') return false;
    this.sent.push(frame);
    return true;
  }

  // ---- for the test
  become(state: SocketState): void {
    this.state = state;
    this.handlers.onState?.(state);
  }
  open(): void {
    this.become('connecting');
    this.become('open');
    this.handlers.onOpen();
  }
  drop(): void {
    this.become('waiting');
  }
  hear(frame: ServerFrame): void {
    this.handlers.onFrame(frame);
  }
  of<T extends VisitorFrame['type']>(type: T): Extract<VisitorFrame, { type: T }>[] {
    return this.sent.filter((frame): frame is Extract<VisitorFrame, { type: T }> => frame.type === type);
  }
}

export interface Tab {
  chat: Chat;
  socket: FakeSocket;
  memory: FakeMemory;
  world: World;
}

let ids = 0;
export function openTab(browser: Browser, memory = new FakeMemory(browser)): Tab {
  let socket: FakeSocket | undefined;
  const world: World = {
    site: 'demo',
    locale: 'en',
    memory,
    exclusive: browser.exclusive,
    socket: (handlers) => (socket = new FakeSocket(handlers)),
    uuid: () => `id-${++ids}`,
    now: () => Date.now(),
    page: () => ({ url: 'https://shop.example/', title: 'Shop' }),
    visible: () => true,
  };
  const chat = new Chat(world);
  return { chat, socket: socket!, memory, world };
}

export const welcome = (change: Partial<Welcome> = {}): Welcome => ({
  type: 'welcome',
  conversation: 'c1',
  token: 't1',
  resumed: false,
  state: 'bot',
  locale: 'en',
  bot: { name: 'Bot' },
  seq: 0,
  history: [],
  ...change,
});

export const message = (seq: number, change: Partial<Message> = {}): Message => ({
  seq,
  at: new Date(Date.UTC(2026, 10, 21, 9, 0, seq)).toISOString(),
  from: { role: 'bot', name: 'Bot' },
  text: `message ${seq}`,
  ...change,
});
