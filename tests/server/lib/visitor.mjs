// A visitor as the widget is one: resumes by `after`, sends again what was not acked, trusts nothing.
import { Socket } from './socket.mjs';
import { Transcript } from './transcript.mjs';
import { Signal } from './wait.mjs';

let counter = 0;
export function freshId(prefix = 'm') {
  counter += 1;
  return `${prefix}-${process.pid}-${counter}`;
}

export class Visitor {
  constructor(server, { name = 'visitor', locale = 'en', site, token, conversation, page } = {}) {
    this.server = server;
    this.name = name;
    this.locale = locale;
    this.site = site;
    this.page = page;
    this.token = token;
    this.conversation = conversation;
    this.log = new Transcript(name);
    this.signal = new Signal();
    this.unacked = new Map(); // id → frame, in sending order
    this.acks = new Map(); // id → ack
    this.errors = [];
    this.handoffs = [];
  }

  static async open(server, options) {
    const visitor = new Visitor(server, options);
    await visitor.open();
    return visitor;
  }

  // Connects, says hello, takes over what it missed and sends again what was not acked.
  async open({ ms, after } = {}) {
    const socket = new Socket(`${this.server.ws}/ws/visitor`, { protocols: ['maru.v1'] });
    this.socket = socket;
    await socket.ready(ms);
    const from = after ?? this.log.last;
    const hello = { type: 'hello', locale: this.locale };
    if (this.token) Object.assign(hello, { token: this.token, conversation: this.conversation, after: from });
    if (this.site) hello.site = this.site;
    if (this.page) hello.page = this.page;
    // Frames are handled from the very first: what comes in the same read as the welcome counts as live.
    socket.onframe = (frame) => this.#take(frame, socket, from);
    socket.send(hello);
    this.welcome = await socket.wait((frame) => frame.type === 'welcome' || frame.type === 'error', { what: 'welcome', ms });
    if (this.welcome.type === 'error') throw new Error(`hello was refused: ${JSON.stringify(this.welcome)}`);
    for (const frame of this.unacked.values()) socket.send(frame);
    return this.welcome;
  }

  #take(frame, socket, after) {
    if (socket !== this.socket) return;
    switch (frame.type) {
      case 'welcome':
        if (this.token && frame.token !== this.token) this.log.problem('the token changed');
        if (this.conversation && frame.conversation !== this.conversation) this.log.problem('the conversation changed');
        this.token = frame.token;
        this.conversation = frame.conversation;
        this.log.history(frame.history ?? [], after, frame.seq, frame.more === true);
        break;
      case 'ack': {
        const sent = this.unacked.get(frame.id);
        const before = this.acks.get(frame.id);
        if (before && (before.seq !== frame.seq || (frame.seq !== undefined && before.at !== frame.at)))
          this.log.problem(`ack of ${frame.id} changed from ${JSON.stringify(before)} to ${JSON.stringify(frame)}`);
        this.acks.set(frame.id, frame);
        this.unacked.delete(frame.id);
        if (frame.seq !== undefined)
          // A quick reply's text is its label, which only the server knows.
          this.log.live({ seq: frame.seq, at: frame.at, from: { role: 'visitor' }, text: sent?.text, own: frame.id }, 'ack');
        break;
      }
      case 'message':
        // Our own message before its ack, when the server sends both.
        this.log.live(frame, 'message');
        break;
      case 'error':
        this.errors.push(frame);
        break;
      case 'handoff':
        this.handoffs.push(frame);
        break;
      default:
    }
    this.signal.notify();
  }

  // Sends without waiting; the id stays unacked until the server says otherwise.
  post(text, { id = freshId(), choice } = {}) {
    const frame = choice === undefined ? { type: 'message', id, text } : { type: 'message', id, choice };
    this.unacked.set(id, frame);
    if (this.socket?.open) this.socket.send(frame);
    return id;
  }

  acked(id, ms) {
    return this.signal.wait(
      () => {
        const error = this.errors.find((frame) => frame.id === id);
        if (error) throw new Error(`refused: ${JSON.stringify(error)}`);
        return this.acks.get(id);
      },
      () => `${this.name}: the ack of ${id}`,
      ms,
    );
  }

  // The first bot message that answers `seq`.
  answered(seq, ms) {
    return this.signal.wait(
      () => this.log.list().find((message) => message.reply_to === seq && message.from.role === 'bot'),
      () => `${this.name}: the bot's answer to ${seq}; has ${JSON.stringify(this.log.essences().slice(-6))}`,
      ms,
    );
  }

  async say(text, options = {}) {
    const id = this.post(text, options);
    return this.acked(id, options.ms);
  }

  async ask(text, options = {}) {
    const ack = await this.say(text, options);
    return { ack, answer: await this.answered(ack.seq, options.ms) };
  }

  async event(name, fields = {}, id = freshId('e')) {
    this.unacked.set(id, { type: 'event', id, name, ...fields });
    this.socket.send(this.unacked.get(id));
    return this.acked(id);
  }

  // A message from a person, the bot or the system that fits.
  heard(fits, what, ms) {
    const test = typeof fits === 'string' ? (message) => (message.text ?? '').includes(fits) : fits;
    return this.signal.wait(
      () => this.log.list().find(test),
      () => `${this.name} hears ${what ?? fits}; has ${JSON.stringify(this.log.essences().slice(-6))}`,
      ms,
    );
  }

  handoff(state, ms) {
    return this.signal.wait(
      () => this.handoffs.find((frame) => frame.state === state),
      () => `${this.name}: handoff ${state}; had ${JSON.stringify(this.handoffs)}`,
      ms,
    );
  }

  caughtUp(seq, ms) {
    return this.signal.wait(
      () => this.log.last >= seq,
      () => `${this.name} at seq ${seq}, is at ${this.log.last}`,
      ms,
    );
  }

  drop() {
    this.socket?.drop();
  }
  async close() {
    await this.socket?.close();
  }

  // The same page loaded again: same storage, same log.
  async reload() {
    this.drop();
    return this.open();
  }

  // Another tab, which has the token from the shared storage and reads everything.
  async tab(name = `${this.name}'s tab`) {
    return Visitor.open(this.server, {
      name,
      locale: this.locale,
      site: this.site,
      token: this.token,
      conversation: this.conversation,
    });
  }

  // The whole conversation as the server has it now, through a connection of its own.
  async wholeHistory() {
    const reader = new Visitor(this.server, { name: `${this.name} (reader)`, token: this.token, conversation: this.conversation });
    const welcome = await reader.open();
    let oldest = welcome.history[0]?.seq ?? 1;
    let more = welcome.more;
    const pages = [...welcome.history];
    while (more && oldest > 1) {
      const page = await reader.socket.ask({ type: 'history', before: oldest, limit: 100 }, 'history');
      pages.unshift(...page.messages);
      more = page.more;
      oldest = page.messages[0]?.seq ?? 1;
    }
    await reader.close();
    return pages;
  }
}
