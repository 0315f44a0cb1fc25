// One WebSocket of a client: keeps every frame it got, so that tests wait for what they need by condition.
import WebSocket from 'ws';

import { Signal } from './wait.mjs';

export class Socket {
  constructor(url, { headers = {}, protocols = [], ...options } = {}) {
    this.frames = [];
    this.signal = new Signal();
    this.closed = undefined; // {code, reason}
    this.refused = undefined; // HTTP status when the upgrade is refused
    this.onframe = undefined;
    this.ws = new WebSocket(url, protocols, { headers, perMessageDeflate: false, skipUTF8Validation: false, ...options });
    this.ws.on('open', () => this.signal.notify());
    this.ws.on('message', (data, binary) => {
      let frame;
      if (binary) frame = { type: '(binary)', size: data.length };
      else {
        try {
          frame = JSON.parse(data.toString('utf8'));
        } catch {
          frame = { type: '(not JSON)', text: data.toString('utf8') };
        }
      }
      this.frames.push(frame);
      this.onframe?.(frame);
      this.signal.notify();
    });
    this.ws.on('unexpected-response', (request, response) => {
      this.refused = { status: response.statusCode, headers: response.headers };
      response.resume();
      request.destroy();
      this.closed ??= { code: 0, reason: `HTTP ${response.statusCode}` };
      this.signal.notify();
    });
    this.ws.on('error', (error) => {
      this.error = error;
    });
    this.ws.on('close', (code, reason) => {
      this.closed ??= { code, reason: reason.toString() };
      this.signal.notify();
    });
  }

  // Resolves when open; rejects when refused.
  async ready(ms) {
    await this.signal.wait(() => this.ws.readyState === WebSocket.OPEN || this.closed, 'the socket opens', ms);
    if (this.ws.readyState !== WebSocket.OPEN)
      throw new Error(`the socket did not open: ${this.closed?.reason} ${this.error?.message ?? ''}`);
    return this;
  }

  get open() {
    return this.ws.readyState === WebSocket.OPEN;
  }

  send(frame) {
    this.ws.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame));
  }

  mark() {
    return this.frames.length;
  }

  // The first frame since `from` that fits. Fails at once when the socket closes before it.
  wait(fits, { from = 0, what, ms } = {}) {
    const test = typeof fits === 'string' ? (frame) => frame.type === fits : fits;
    let next = from;
    return this.signal.wait(
      () => {
        for (; next < this.frames.length; ++next) if (test(this.frames[next])) return this.frames[next];
        if (this.closed) throw new Error(`closed (${this.closed.code} ${this.closed.reason}) before ${what ?? fits}`);
        return undefined;
      },
      () => `${what ?? fits}; got since then: ${JSON.stringify(this.frames.slice(from)).slice(0, 1500)}`,
      ms,
    );
  }

  // Sends and waits for the first fitting frame after it.
  ask(frame, fits, options = {}) {
    const from = this.mark();
    this.send(frame);
    return this.wait(fits, { from, ...options });
  }

  async waitClosed(ms) {
    await this.signal.wait(() => this.closed, 'the socket closes', ms);
    return this.closed;
  }

  // As a lost connection: no closing handshake.
  drop() {
    this.ws.terminate();
  }

  async close() {
    if (this.ws.readyState === WebSocket.CLOSED) return;
    this.ws.close(1000);
    await this.waitClosed(5000).catch(() => this.drop());
  }
}
