// A conversation as one client sees it: every seq once, in order, never changing.

// What must be the same for everybody who reads a message.
export function essence(message) {
  const out = {
    seq: message.seq,
    at: message.at,
    role: message.from?.role,
    text: message.text ?? '',
  };
  if (message.reply_to) out.reply_to = message.reply_to;
  if (message.products?.length) out.products = message.products.map((product) => product.id);
  if (message.quick_replies?.length) out.quick_replies = message.quick_replies.map((reply) => reply.choice);
  return out;
}

export class Transcript {
  constructor(name) {
    this.name = name;
    this.bySeq = new Map();
    this.last = 0; // highest seq without a gap before it
    this.problems = []; // broken promises of the server
  }

  problem(text) {
    this.problems.push(`${this.name}: ${text}`);
  }

  #keep(message, via) {
    const before = this.bySeq.get(message.seq);
    if (!before) {
      this.bySeq.set(message.seq, message);
      return true;
    }
    // The text of our own message may not be known from its ack.
    const text = before.text !== undefined && message.text !== undefined;
    const [a, b] = [before, message].map((m) => ({ at: m.at, role: m.from?.role, text: text ? m.text : '' }));
    if (before.text === undefined) this.bySeq.set(message.seq, { ...message, own: before.own });
    if (JSON.stringify(a) !== JSON.stringify(b))
      this.problem(`seq ${message.seq} changed from ${JSON.stringify(a)} to ${JSON.stringify(b)} (${via})`);
    return false;
  }

  // A frame that arrived live: the next seq and no other.
  live(message, via) {
    if (!Number.isInteger(message.seq) || message.seq < 1) {
      this.problem(`${via} without a seq: ${JSON.stringify(message)}`);
      return;
    }
    if (message.seq === this.last + 1) {
      this.last = message.seq;
      this.#keep(message, via);
      return;
    }
    if (message.seq > this.last) {
      this.problem(`gap: ${via} ${message.seq} after ${this.last}`);
      this.#keep(message, via);
      this.last = message.seq;
      return;
    }
    const fresh = this.#keep(message, via);
    // An ack may repeat: that is what sending the same id again is answered with. When two tabs sent one id, the
    // second one may be told of the message both as its own and as the other's.
    const ours = message.id !== undefined && this.bySeq.get(message.seq)?.own === message.id;
    if (via !== 'ack' && !ours) this.problem(`doubled: ${via} ${message.seq} again`);
    else if (via === 'ack' && fresh) this.problem(`late: ack ${message.seq} after ${this.last}`);
  }

  // A list from the server that should continue after `after` up to `upto`.
  history(messages, after, upto, more) {
    let expected = more && messages.length > 0 ? messages[0].seq : after + 1;
    if (more && messages.length > 0 && expected <= after) this.problem(`history starts at ${expected}, asked after ${after}`);
    for (const message of messages) {
      if (message.seq !== expected) this.problem(`history has ${message.seq} where ${expected} belongs`);
      expected = message.seq + 1;
      this.#keep(message, 'history');
    }
    if (upto !== undefined && expected !== upto + 1) this.problem(`history ends at ${expected - 1}, seq says ${upto}`);
    if (upto !== undefined && upto < this.last) this.problem(`the server forgot: seq ${upto}, seen ${this.last}`);
    if (expected - 1 > this.last) this.last = expected - 1;
  }

  list() {
    return [...this.bySeq.values()].sort((a, b) => a.seq - b.seq);
  }

  essences() {
    return this.list().map(essence);
  }
}
