// kill -9 under load: what was acked is there once, with the seq of its ack, and nobody sees a gap.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Server } from './lib/server.mjs';
import { Visitor } from './lib/visitor.mjs';
import { deep, eachOf, patience } from './lib/wait.mjs';

const visitors = Number(process.env.MARU_KILL_VISITORS ?? 200);
const rounds = Number(process.env.MARU_KILL_ROUNDS ?? (deep ? 20 : 3));

// Deterministic, so that a failing run can be repeated (the server's timing aside).
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

class Load {
  constructor(server, count) {
    this.server = server;
    this.running = true;
    this.acked = 0;
    this.target = Infinity;
    this.reached = () => {};
    this.clients = Array.from({ length: count }, (_, i) => new Visitor(server, { name: `v${i}`, locale: i % 2 ? 'ko' : 'en' }));
  }

  // Keeps a visitor talking through every crash; returns when asked to stop and everything is acked.
  async talk(visitor, i) {
    let n = 0;
    while (this.running || visitor.unacked.size > 0) {
      try {
        if (!visitor.socket?.open) {
          await this.server.signal.wait(() => this.server.ready, 'the server is back', 60_000);
          await visitor.open({ ms: 30_000 });
        }
        while (this.running && visitor.unacked.size < 2) {
          n += 1;
          const word = `${visitor.name}x${n}`;
          visitor.post(i % 2 ? `배송은 얼마나 걸려요? ${word}` : `How long does delivery take? ${word}`);
        }
        const before = visitor.unacked.size;
        await Promise.race([
          visitor.signal.wait(() => visitor.unacked.size < Math.max(before, 1), 'an ack', 60_000),
          visitor.socket.signal.wait(() => visitor.socket.closed, 'a loss', 60_000),
        ]);
      } catch (error) {
        // A connection lost between two lines is the point of this test; anything that lasts is not.
        if (/not within/.test(error.message)) throw error;
        visitor.drop();
      }
    }
  }

  // Resolves at the moment the count of acks reaches `count` more than now.
  more(count) {
    return new Promise((resolve) => {
      this.target = this.acked + count;
      this.reached = resolve;
    });
  }

  watch() {
    for (const visitor of this.clients) {
      const set = visitor.acks.set.bind(visitor.acks);
      visitor.acks.set = (id, frame) => {
        if (!visitor.acks.has(id)) {
          this.acked += 1;
          if (this.acked >= this.target) {
            this.target = Infinity;
            this.reached();
          }
        }
        return set(id, frame);
      };
    }
  }
}

test(`${visitors} visitors, ${rounds} times kill -9`, { timeout: patience(deep ? 900_000 : 150_000) }, async (t) => {
  const server = await Server.start({ set: { 'limits.connections_per_address': 5000 } });
  t.after(() => server.kill());
  server.ready = true;
  const load = new Load(server, visitors);
  load.watch();
  const talking = load.clients.map((visitor, i) => load.talk(visitor, i));
  const failed = Promise.race(talking.map((each) => each.then(() => new Promise(() => {}))));
  const dice = random(20261121);

  for (let round = 0; round < rounds; ++round) {
    // Each life of the server serves every visitor about twice before it dies in the middle of the next.
    await Promise.race([load.more(Math.floor(visitors * (1.5 + 2 * dice()))), failed]);
    server.ready = false;
    await server.kill();
    await server.start();
    server.ready = true;
    server.signal.notify();
  }
  await Promise.race([load.more(visitors), failed]);
  load.running = false;
  for (const visitor of load.clients) visitor.signal.notify();
  await Promise.all(talking);

  let messages = 0;
  await eachOf(load.clients, 20, async (visitor) => {
    const frames = new Map([...visitor.acks].map(([id, ack]) => [ack.seq, id]));
    assert.equal(frames.size, visitor.acks.size, `${visitor.name}: two ids were acked with one seq`);
    const history = await visitor.wholeHistory();
    messages += history.length;
    assert.deepEqual(
      history.map((message) => message.seq),
      history.map((_, i) => i + 1),
      `${visitor.name}: the history counts from 1 without a gap`,
    );

    const texts = new Map();
    const answers = new Map();
    for (const message of history) {
      if (message.from.role === 'visitor') {
        assert.ok(!texts.has(message.text), `${visitor.name}: "${message.text}" is there twice`);
        texts.set(message.text, message.seq);
      } else if (message.from.role === 'bot' && message.reply_to) {
        const asked = history[message.reply_to - 1];
        assert.equal(asked?.from.role, 'visitor', `${visitor.name}: ${message.seq} answers ${message.reply_to}, which nobody asked`);
        assert.ok(message.reply_to < message.seq, `${visitor.name}: ${message.seq} answers what came after it`);
        answers.set(message.reply_to, (answers.get(message.reply_to) ?? 0) + 1);
      }
    }
    assert.equal(texts.size, visitor.acks.size, `${visitor.name}: as many messages stored as acked`);
    for (const [id, ack] of visitor.acks) {
      const message = history[ack.seq - 1];
      assert.equal(message?.from.role, 'visitor', `${visitor.name}: ack ${id} names seq ${ack.seq}`);
      assert.equal(message.at, ack.at, `${visitor.name}: seq ${ack.seq} has the time of its ack`);
      assert.equal(answers.get(ack.seq), 1, `${visitor.name}: "${message.text}" is answered once`);
    }
    // What the client pieced together over all its lives is what is stored.
    await visitor.caughtUp(history.length);
    const seen = visitor.log.list();
    assert.deepEqual(
      seen.map((m) => [m.seq, m.at, m.from.role, m.text]),
      history.map((m) => [m.seq, m.at, m.from.role, m.text]),
      `${visitor.name}: what it saw is what is stored`,
    );
    assert.deepEqual(visitor.log.problems, []);
    assert.deepEqual(visitor.errors, []);
  });
  assert.ok(load.acked >= visitors * rounds, 'the server was under load');
  t.diagnostic(`${load.acked} messages acked, ${messages} stored, ${rounds} kills`);
  await Promise.all(load.clients.map((visitor) => visitor.drop()));
});
