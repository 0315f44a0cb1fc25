// A console's socket on a slow line: while it is held, what the server says waits here, in order, and what the
// agent says goes out as ever. So two agents can act before either has heard of the other, without luck.
import { Signal } from '../../server/lib/wait.mjs';

export class Line {
  #signal = new Signal();
  #holding = false;
  #waiting = []; // deliveries

  /** The frames the server has said since the line was held. */
  held = [];

  /** Before the page opens its socket. */
  static async through(page, socket) {
    const line = new Line();
    await page.routeWebSocket(socket, (toPage) => {
      const toServer = toPage.connectToServer();
      toPage.onMessage((message) => toServer.send(message));
      toServer.onMessage((message) => line.#pass(message, () => toPage.send(message)));
    });
    return line;
  }

  hold() {
    this.#holding = true;
    this.held = [];
  }

  release() {
    this.#holding = false;
    for (const deliver of this.#waiting.splice(0)) deliver();
  }

  /** Waits until the server has said something that fits. */
  says(fits, what) {
    return this.#signal.wait(() => this.held.find(fits), () => `${what}; it said ${JSON.stringify(this.held)}`, 15_000);
  }

  #pass(message, deliver) {
    if (!this.#holding) return deliver();
    this.held.push(JSON.parse(message));
    this.#waiting.push(deliver);
    this.#signal.notify();
  }
}
