// An agent as the console is one.
import { call, login } from './http.mjs';
import { Socket } from './socket.mjs';
import { Transcript } from './transcript.mjs';
import { Signal } from './wait.mjs';
import { freshId } from './visitor.mjs';

export class Agent {
  constructor(server, person) {
    this.server = server;
    this.person = person;
    this.name = person.name;
    this.signal = new Signal();
    this.conversations = new Map(); // id → {epoch, state, log, notes, frame}
    this.owners = new Map(); // id → {agent, epoch}
    this.queue = [];
    this.errors = [];
    this.acks = new Map();
    this.sent = new Map();
    this.frames = [];
  }

  // Logs in, connects, says hello and goes online.
  static async open(server, person, { status = 'online' } = {}) {
    const agent = new Agent(server, person);
    agent.cookie = await login(server, person);
    await agent.connect();
    if (status) await agent.presence(status);
    return agent;
  }

  async connect() {
    const socket = new Socket(`${this.server.ws}/ws/agent`, { headers: { cookie: this.cookie, origin: this.server.url } });
    this.socket = socket;
    await socket.ready();
    socket.onframe = (frame) => this.#take(frame, socket);
    socket.send({ type: 'hello' });
    this.welcome = await socket.wait((frame) => frame.type === 'welcome' || frame.type === 'error', { what: 'welcome' });
    if (this.welcome.type === 'error') throw new Error(`hello was refused: ${JSON.stringify(this.welcome)}`);
    return this.welcome;
  }

  room(id) {
    let room = this.conversations.get(id);
    if (!room) {
      room = { log: new Transcript(`${this.name} in ${id}`), notes: [], epoch: 0, state: undefined };
      this.conversations.set(id, room);
    }
    return room;
  }

  #take(frame, socket) {
    if (socket !== this.socket) return;
    this.frames.push(frame);
    switch (frame.type) {
      case 'welcome':
        this.queue = frame.queue ?? [];
        this.mine = frame.mine ?? [];
        break;
      case 'queue':
        this.queue = frame.items;
        break;
      case 'conversation': {
        const room = this.room(frame.conversation);
        Object.assign(room, { epoch: frame.epoch, state: frame.state, frame });
        const first = frame.history[0]?.seq;
        if (first !== undefined) room.log.history(frame.history, first - 1, undefined, first > 1);
        break;
      }
      case 'assigned':
        this.owners.set(frame.conversation, { agent: frame.agent, epoch: frame.epoch });
        if (this.conversations.has(frame.conversation)) this.room(frame.conversation).epoch = frame.epoch;
        break;
      case 'message': {
        const { log } = this.room(frame.conversation);
        // The history that comes with a conversation will have it.
        if (log.last === 0) break;
        // The sender may see its own message beside its ack.
        if (!(frame.from?.role === 'agent' && log.bySeq.has(frame.seq))) log.live(frame, 'message');
        break;
      }
      case 'note':
        this.room(frame.conversation).notes.push(frame);
        break;
      case 'ack': {
        const sent = this.sent.get(frame.id);
        this.acks.set(frame.id, frame);
        if (sent?.type === 'message' && !this.room(sent.conversation).log.bySeq.has(frame.seq))
          this.room(sent.conversation).log.live(
            { seq: frame.seq, at: frame.at, from: { role: 'agent' }, text: sent.text, own: frame.id },
            'ack',
          );
        break;
      }
      case 'error':
        this.errors.push(frame);
        break;
      default:
    }
    this.signal.notify();
  }

  send(frame) {
    this.socket.send(frame);
  }

  // The first frame after `from` that fits.
  wait(fits, options) {
    return this.socket.wait(fits, options);
  }

  async presence(status) {
    return this.socket.ask({ type: 'presence', status }, (frame) => frame.type === 'presence' && frame.status === status && (frame.agent?.name ?? frame.agent) === this.name, {
      what: `${this.name}'s presence ${status}`,
    });
  }

  waiting(conversation, ms, team) {
    return this.signal.wait(
      () => this.queue.find((item) => item.conversation === conversation && (team === undefined || item.team === team)),
      () => `${conversation} in ${this.name}'s queue: ${JSON.stringify(this.queue)}`,
      ms,
    );
  }

  gone(conversation, ms) {
    return this.signal.wait(
      () => !this.queue.some((item) => item.conversation === conversation),
      () => `${conversation} leaves ${this.name}'s queue: ${JSON.stringify(this.queue)}`,
      ms,
    );
  }

  // Gives the `conversation` frame or the error.
  accept(conversation) {
    return this.socket.ask(
      { type: 'accept', conversation },
      (frame) => (frame.type === 'conversation' && frame.conversation === conversation) || frame.type === 'error',
      { what: `${this.name} accepts ${conversation}` },
    );
  }

  openConversation(conversation, after) {
    return this.socket.ask(
      { type: 'open', conversation, ...(after === undefined ? {} : { after }) },
      (frame) => (frame.type === 'conversation' && frame.conversation === conversation) || frame.type === 'error',
      { what: `${this.name} opens ${conversation}` },
    );
  }

  // Sends a message or note and gives its ack or error.
  put(type, conversation, text, fields = {}) {
    const id = fields.id ?? freshId('a');
    const frame = { type, conversation, text, ...fields, id };
    this.sent.set(id, frame);
    return this.socket.ask(frame, (got) => (got.type === 'ack' || got.type === 'error') && got.id === id, {
      what: `${this.name}: ack of ${type} ${id}`,
    });
  }

  say(conversation, text, fields) {
    return this.put('message', conversation, text, fields);
  }
  note(conversation, text, fields) {
    return this.put('note', conversation, text, fields);
  }

  owner(conversation, agent, ms) {
    return this.signal.wait(
      () => this.owners.get(conversation)?.agent?.name === agent || this.owners.get(conversation)?.agent === agent,
      () => `${this.name} learns that ${agent} has ${conversation}: ${JSON.stringify(this.owners.get(conversation))}`,
      ms,
    );
  }

  heard(conversation, text, ms) {
    return this.signal.wait(
      () => this.room(conversation).log.list().find((message) => (message.text ?? '').includes(text)),
      () => `${this.name} hears ${text}; has ${JSON.stringify(this.room(conversation).log.essences().slice(-5))}`,
      ms,
    );
  }

  get(path) {
    return call(this.server, 'GET', path, { cookie: this.cookie });
  }

  drop() {
    this.socket.drop();
  }
  async close() {
    await this.socket.close();
  }
  async reload() {
    this.drop();
    return this.connect();
  }
}
