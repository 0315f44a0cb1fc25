// A WebSocket that comes back: JSON frames in and out, reconnects with backoff and jitter, hurries when the
// browser says the network returned, and gives up on a connection that hangs. It keeps no outgoing frames: what
// must arrive is the caller's to resend after onOpen, since only the caller knows what was acknowledged.

import { backoff, type BackoffOptions } from './backoff';

export type SocketState = 'closed' | 'connecting' | 'open' | 'waiting';

export interface SocketHandlers<In> {
  onOpen(): void;
  onFrame(frame: In): void;
  onState?(state: SocketState): void;
  /** A close the server explained. Return false to stay closed (signed out, forbidden). */
  onClose?(code: number, reason: string): boolean | void;
}

export interface SocketOptions extends BackoffOptions {
  protocol?: string;
  /** Milliseconds a connection may take to open. */
  openWithin?: number;
  /** For tests. */
  WebSocket?: typeof WebSocket;
}

export class LiveSocket<In, Out> {
  state: SocketState = 'closed';
  #socket: WebSocket | undefined;
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wanted = false;

  readonly #url: string;
  readonly #handlers: SocketHandlers<In>;
  readonly #options: SocketOptions;

  constructor(url: string, handlers: SocketHandlers<In>, options: SocketOptions = {}) {
    this.#url = url;
    this.#handlers = handlers;
    this.#options = options;
  }

  /** Connects, and keeps connecting until stop(). Harmless when already under way. */
  start(): void {
    if (this.#wanted) return this.hurry();
    this.#wanted = true;
    globalThis.addEventListener?.('online', this.hurry);
    this.#connect();
  }

  stop(): void {
    this.#wanted = false;
    globalThis.removeEventListener?.('online', this.hurry);
    clearTimeout(this.#timer);
    this.#drop();
    this.#become('closed');
  }

  /** Drops the connection, if any, and makes a new one at once (after an answer that never came). */
  restart(): void {
    clearTimeout(this.#timer);
    this.#drop();
    if (this.#wanted) this.#later();
  }

  /** The connection proved itself (a welcome came): the next loss starts with the shortest wait again. */
  settled(): void {
    this.#attempt = 0;
  }

  /** True when handed to an open connection; that says nothing about its arrival. */
  send(frame: Out): boolean {
    if (this.state !== 'open' || this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Skips the rest of a wait: the visitor does something, or the network came back. */
  readonly hurry = (): void => {
    if (this.#wanted && this.state === 'waiting') {
      clearTimeout(this.#timer);
      this.#connect();
    }
  };

  #connect(): void {
    this.#become('connecting');
    const Socket = this.#options.WebSocket ?? WebSocket;
    const socket = (this.#socket = new Socket(this.#url, this.#options.protocol ?? []));
    this.#timer = setTimeout(() => {
      this.#drop();
      this.#later();
    }, this.#options.openWithin ?? 10_000);
    socket.onopen = () => {
      clearTimeout(this.#timer);
      this.#become('open');
      this.#handlers.onOpen();
    };
    socket.onmessage = (event: MessageEvent) => {
      let frame: In;
      try {
        frame = JSON.parse(String(event.data)) as In;
      } catch {
        return; // Not ours to repair; the next resume brings what was in it.
      }
      this.#handlers.onFrame(frame);
    };
    socket.onclose = (event: CloseEvent) => {
      clearTimeout(this.#timer);
      this.#drop();
      if (this.#handlers.onClose?.(event.code, event.reason) === false) this.stop();
      else if (this.#wanted) this.#later();
    };
  }

  #later(): void {
    this.#become('waiting');
    this.#timer = setTimeout(() => this.#connect(), backoff(this.#attempt++, this.#options));
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #become(state: SocketState): void {
    if (state === this.state) return;
    this.state = state;
    this.#handlers.onState?.(state);
  }
}

/** The address of a socket on the server that `origin` names: http → ws, https → wss. */
export function socketUrl(origin: string, path: string): string {
  return origin.replace(/^http/, 'ws') + path;
}
