// The visitor's side of the contract, frame by frame.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { metric } from './lib/http.mjs';
import { Server } from './lib/server.mjs';
import { Socket } from './lib/socket.mjs';
import { essence } from './lib/transcript.mjs';
import { Visitor, freshId } from './lib/visitor.mjs';
import { until } from './lib/wait.mjs';

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const question = 'How long does delivery take?';

describe('visitor', { concurrency: false }, () => {
  let server;
  before(async () => {
    server = await Server.start();
  });
  after(() => server.dispose());

  const socket = async (options) => new Socket(`${server.ws}/ws/visitor`, options).ready();
  const clean = (...visitors) => {
    for (const visitor of visitors) assert.deepEqual(visitor.log.problems, []);
  };

  test('hello without a token opens a conversation', async () => {
    const visitor = await Visitor.open(server, {});
    const { welcome } = visitor;
    assert.equal(typeof welcome.conversation, 'string');
    assert.ok(welcome.conversation.length > 0);
    assert.ok(welcome.token.length >= 32, 'a token has 256 random bits');
    assert.equal(welcome.resumed, false);
    assert.equal(welcome.state, 'bot');
    assert.equal(welcome.locale, 'en');
    assert.equal(typeof welcome.bot.name, 'string');
    assert.ok(Array.isArray(welcome.history));
    assert.equal(welcome.seq, welcome.history.length);
    clean(visitor);
    await visitor.close();
  });

  test('the locale of hello is the locale of the conversation', async () => {
    const visitor = await Visitor.open(server, { locale: 'ko' });
    assert.equal(visitor.welcome.locale, 'ko');
    const { answer } = await visitor.ask('배송은 얼마나 걸려요?');
    assert.match(answer.text, /[가-힣]/);
    await visitor.close();
  });

  test('the subprotocol is optional and agreed when offered', async () => {
    const offered = await socket({ protocols: ['maru.v1'] });
    assert.equal(offered.ws.protocol, 'maru.v1');
    const plain = await socket();
    assert.equal(plain.ws.protocol, '');
    await Promise.all([offered.close(), plain.close()]);
  });

  test('a message is acked with its seq, then answered', async () => {
    const visitor = await Visitor.open(server, {});
    const start = visitor.log.last;
    const { ack, answer } = await visitor.ask(question);
    assert.equal(ack.seq, start + 1);
    assert.match(ack.at, rfc3339);
    assert.equal(answer.reply_to, ack.seq);
    assert.equal(answer.from.role, 'bot');
    assert.match(answer.text, /two or three days/);
    assert.match(answer.at, rfc3339);
    assert.ok(answer.at >= ack.at, 'time does not run backwards');
    clean(visitor);
    await visitor.close();
  });

  test('a resume gives what came after `after` and nothing else', async () => {
    const visitor = await Visitor.open(server, {});
    await visitor.ask(question);
    await visitor.ask('How do I return something?');
    const whole = visitor.log.essences();
    for (const after of [0, 1, whole.length - 1, whole.length]) {
      const again = new Visitor(server, { token: visitor.token, conversation: visitor.conversation });
      again.log.last = after;
      const welcome = await again.open();
      assert.equal(welcome.resumed, true);
      assert.equal(welcome.token, visitor.token);
      assert.equal(welcome.conversation, visitor.conversation);
      assert.equal(welcome.seq, whole.length);
      assert.deepEqual(welcome.history.map(essence), whole.slice(after), `after ${after}`);
      assert.ok(!welcome.more);
      await again.close();
    }
    await visitor.close();
  });

  test('`after` beyond the end is answered with an empty history', async () => {
    const visitor = await Visitor.open(server, {});
    const bare = await socket();
    const welcome = await bare.ask(
      { type: 'hello', token: visitor.token, conversation: visitor.conversation, after: 999_999 },
      'welcome',
    );
    assert.deepEqual(welcome.history, []);
    assert.equal(welcome.seq, visitor.log.last);
    await Promise.all([bare.close(), visitor.close()]);
  });

  test('a wrong token never opens somebody else’s conversation', async () => {
    const visitor = await Visitor.open(server, {});
    await visitor.ask(question);
    for (const token of ['x', 'A'.repeat(43), visitor.token.slice(0, -1), `${visitor.token}A`]) {
      const bare = await socket();
      const got = await bare.ask(
        { type: 'hello', token, conversation: visitor.conversation, after: 0 },
        (frame) => frame.type === 'welcome' || frame.type === 'error',
        { what: 'an answer to hello' },
      );
      if (got.type === 'welcome') {
        assert.notEqual(got.conversation, visitor.conversation);
        assert.equal(got.resumed, false);
        assert.ok(!got.history.some((message) => message.text === question));
      }
      await bare.close();
    }
    const other = await Visitor.open(server, {});
    const bare = await socket();
    const got = await bare.ask(
      { type: 'hello', token: other.token, conversation: visitor.conversation },
      (frame) => frame.type === 'welcome' || frame.type === 'error',
      { what: 'an answer to hello' },
    );
    assert.ok(got.type === 'error' || got.conversation !== visitor.conversation);
    await Promise.all([bare.close(), visitor.close(), other.close()]);
  });

  test('a page with a long title and address is no reason not to talk there', async () => {
    const long = { url: `https://shop.example/${'ㄱ'.repeat(3000)}`, title: '가'.repeat(300) };
    const visitor = await Visitor.open(server, { page: long });
    assert.equal(visitor.welcome.type, 'welcome');
    await visitor.ask(question);
    await visitor.close();
  });

  test('who asks for more history than one frame holds gets what it holds', async () => {
    const visitor = await Visitor.open(server, {});
    await visitor.ask(question);
    const page = await visitor.socket.ask({ type: 'history', before: visitor.log.last + 1, limit: 1000 }, (frame) => frame.type === 'history' || frame.type === 'error');
    assert.equal(page.type, 'history', JSON.stringify(page));
    assert.equal(page.messages.length, visitor.log.last);
    await visitor.close();
  });

  test('older messages come in pages', async () => {
    const visitor = await Visitor.open(server, {});
    for (let i = 0; i < 6; ++i) await visitor.ask(`${question} ${i}`);
    const whole = visitor.log.essences();
    const last = whole.length;
    let page = await visitor.socket.ask({ type: 'history', before: last + 1, limit: 5 }, 'history');
    assert.deepEqual(page.messages.map(essence), whole.slice(-5));
    assert.equal(page.more, true);
    page = await visitor.socket.ask({ type: 'history', before: 4, limit: 3 }, 'history');
    assert.deepEqual(page.messages.map(essence), whole.slice(0, 3));
    assert.equal(page.more, false);
    page = await visitor.socket.ask({ type: 'history', before: 4, limit: 2 }, 'history');
    assert.deepEqual(page.messages.map(essence), whole.slice(1, 3));
    assert.equal(page.more, true);
    page = await visitor.socket.ask({ type: 'history', before: 1 }, 'history');
    assert.deepEqual(page.messages, []);
    assert.equal(page.more, false);
    clean(visitor);
    await visitor.close();
  });

  test('more than 200 messages: the newest 200 and `more`', async () => {
    const visitor = await Visitor.open(server, {});
    while (visitor.log.last < 206) {
      const ids = Array.from({ length: 8 }, (_, i) => visitor.post(`${question} ${visitor.log.last} ${i}`));
      for (const id of ids) await visitor.answered((await visitor.acked(id)).seq);
    }
    const again = new Visitor(server, { token: visitor.token, conversation: visitor.conversation });
    const welcome = await again.open();
    assert.equal(welcome.more, true);
    assert.equal(welcome.history.length, 200);
    assert.equal(welcome.history.at(-1).seq, welcome.seq);
    clean(again, visitor);
    const whole = await visitor.wholeHistory();
    assert.deepEqual(whole.map(essence), visitor.log.essences());
    await Promise.all([again.close(), visitor.close()]);
  });

  test('the same id again is stored and answered once', async (t) => {
    const count = (visitor, text) => visitor.log.list().filter((message) => message.text === text).length;

    await t.test('on one socket', async () => {
      const visitor = await Visitor.open(server, {});
      const id = freshId();
      const { ack } = await visitor.ask(question, { id });
      const again = await visitor.socket.ask({ type: 'message', id, text: question }, (f) => f.type === 'ack' && f.id === id);
      assert.deepEqual(again, ack);
      // Another text under an id that was used is still the first message.
      const other = await visitor.socket.ask({ type: 'message', id, text: 'something else' }, (f) => f.type === 'ack' && f.id === id);
      assert.equal(other.seq, ack.seq);
      const { ack: next } = await visitor.ask('How do I return something?');
      const whole = await visitor.wholeHistory();
      assert.equal(whole.filter((m) => m.text === question).length, 1);
      assert.equal(whole.filter((m) => m.text === 'something else').length, 0);
      assert.equal(whole.filter((m) => m.reply_to === ack.seq).length, 1);
      assert.ok(next.seq > ack.seq);
      clean(visitor);
      await visitor.close();
    });

    await t.test('twice in one write', async () => {
      const visitor = await Visitor.open(server, {});
      const id = freshId();
      visitor.unacked.set(id, { type: 'message', id, text: question });
      for (let i = 0; i < 5; ++i) visitor.socket.send({ type: 'message', id, text: question });
      const { ack } = await visitor.ask('How do I return something?');
      const acks = visitor.socket.frames.filter((f) => f.type === 'ack' && f.id === id);
      assert.equal(acks.length, 5);
      for (const each of acks) assert.deepEqual(each, acks[0]);
      assert.ok(ack.seq > acks[0].seq);
      assert.equal(count(visitor, question), 1);
      clean(visitor);
      await visitor.close();
    });

    await t.test('on two sockets at the same time', async () => {
      const one = await Visitor.open(server, {});
      const two = await one.tab();
      for (let round = 0; round < 20; ++round) {
        const id = freshId();
        const text = `${question} ${round}`;
        one.post(text, { id });
        two.post(text, { id });
        const [a, b] = await Promise.all([one.acked(id), two.acked(id)]);
        assert.deepEqual(a, b);
        await Promise.all([one.answered(a.seq), two.answered(a.seq)]);
      }
      const whole = await one.wholeHistory();
      assert.equal(whole.filter((m) => m.from.role === 'visitor').length, 20);
      assert.equal(whole.filter((m) => m.reply_to).length, 20);
      await Promise.all([one.caughtUp(whole.length), two.caughtUp(whole.length)]);
      assert.deepEqual(one.log.essences(), whole.map(essence));
      assert.deepEqual(two.log.essences(), whole.map(essence));
      clean(one, two);
      await Promise.all([one.close(), two.close()]);
    });

    await t.test('after a reconnect', async () => {
      const visitor = await Visitor.open(server, {});
      const id = freshId();
      const { ack } = await visitor.ask(question, { id });
      await visitor.reload();
      const again = await visitor.socket.ask({ type: 'message', id, text: question }, (f) => f.type === 'ack' && f.id === id);
      assert.deepEqual(again, ack);
      clean(visitor);
      await visitor.close();
    });

    await t.test('after a restart', async () => {
      const visitor = await Visitor.open(server, {});
      const id = freshId();
      const { ack } = await visitor.ask(question, { id });
      const event = await visitor.event('page_view');
      await server.restart({ hard: true });
      await visitor.reload();
      const again = await visitor.socket.ask({ type: 'message', id, text: question }, (f) => f.type === 'ack' && f.id === id);
      assert.deepEqual(again, ack);
      const eventAgain = await visitor.socket.ask({ type: 'event', id: event.id, name: 'page_view' }, (f) => f.type === 'ack' && f.id === event.id);
      assert.equal(eventAgain.seq, undefined);
      assert.equal((await visitor.wholeHistory()).filter((m) => m.text === question).length, 1);
      clean(visitor);
      await visitor.close();
    });

    await t.test('one id in two conversations is two messages', async () => {
      const [one, two] = [await Visitor.open(server, {}), await Visitor.open(server, {})];
      const id = freshId();
      await one.ask('one of two', { id });
      await two.ask('two of two', { id });
      assert.equal(count(one, 'one of two'), 1);
      assert.equal(count(two, 'two of two'), 1);
      await Promise.all([one.close(), two.close()]);
    });
  });

  test('who leaves before the welcome leaves nothing behind', async () => {
    for (let i = 0; i < 50; ++i) {
      const gone = await socket();
      gone.send({ type: 'hello' });
      gone.drop();
    }
    await until(async () => (await metric(server, 'maru_connections', { side: 'visitor' })) === 0, 'no connection is left');
    const visitor = await Visitor.open(server, {});
    await visitor.ask(question);
    await visitor.close();
  });

  test('what is sent right behind hello waits for it', async () => {
    const bare = await socket();
    bare.send({ type: 'hello', locale: 'en' });
    for (let i = 0; i < 4; ++i) bare.send({ type: 'message', id: `early-${i}`, text: `${question} ${i}` });
    const acks = [];
    for (let i = 0; i < 4; ++i) acks.push(await bare.wait((f) => f.id === `early-${i}` && (f.type === 'ack' || f.type === 'error'), { what: `early-${i}` }));
    assert.equal(bare.frames[0].type, 'welcome', 'the welcome comes first');
    assert.ok(acks.every((f) => f.type === 'ack'), JSON.stringify(acks));
    await bare.close();
  });

  test('tabs stay in step', async () => {
    const one = await Visitor.open(server, { name: 'tab one' });
    const two = await one.tab('tab two');
    for (let i = 0; i < 4; ++i) {
      const { ack } = await (i % 2 ? one : two).ask(`${question} ${i}`);
      await Promise.all([one.answered(ack.seq), two.answered(ack.seq)]);
    }
    // The other tab knows which of its messages it is by the client's id.
    const mine = two.log.list().find((m) => m.text === `${question} 1`);
    assert.equal(mine.from.role, 'visitor');
    assert.ok(mine.id, 'the client id is on the other tabs');
    assert.deepEqual(one.log.essences(), two.log.essences());
    assert.deepEqual((await one.wholeHistory()).map(essence), one.log.essences());
    clean(one, two);
    await Promise.all([one.close(), two.close()]);
  });

  test('frames leave in seq order, also when messages come in a burst on two tabs', async () => {
    const one = await Visitor.open(server, { name: 'tab one' });
    const two = await one.tab('tab two');
    const ids = [];
    for (let i = 0; i < 40; ++i) {
      const tab = i % 2 ? one : two;
      ids.push([tab, tab.post(`${question} ${i}`)]);
      if (i % 8 === 7) await Promise.all(ids.splice(0).map(([t, id]) => t.acked(id)));
    }
    await Promise.all(ids.map(([t, id]) => t.acked(id)));
    const whole = await one.wholeHistory();
    await Promise.all([one.caughtUp(whole.length), two.caughtUp(whole.length)]);
    for (const tab of [one, two]) {
      const order = tab.socket.frames.filter((f) => f.seq !== undefined && (f.type === 'ack' || f.type === 'message')).map((f) => f.seq);
      assert.deepEqual(order, [...order].sort((a, b) => a - b));
      assert.deepEqual(tab.log.essences(), whole.map(essence));
    }
    clean(one, two);
    await Promise.all([one.close(), two.close()]);
  });

  test('a quick reply is sent by its value', async () => {
    const visitor = await Visitor.open(server, {});
    const { answer } = await visitor.ask('help me choose');
    assert.ok(answer.quick_replies?.length >= 2, JSON.stringify(answer));
    for (const reply of answer.quick_replies) {
      assert.equal(typeof reply.label, 'string');
      assert.equal(typeof reply.choice, 'string');
    }
    const other = await visitor.tab();
    const [reply] = answer.quick_replies;
    const ack = await visitor.say(undefined, { choice: reply.choice });
    const next = await visitor.answered(ack.seq);
    assert.match(next.text, /mice|mouse/i);
    // What everybody reads is the label that was pressed.
    await other.caughtUp(ack.seq);
    assert.equal(other.log.bySeq.get(ack.seq).text, reply.label);
    clean(visitor, other);
    await Promise.all([visitor.close(), other.close()]);
  });

  test('products come as cards', async () => {
    const visitor = await Visitor.open(server, {});
    const { answer } = await visitor.ask('wireless mouse under 50,000 won');
    assert.ok(answer.products?.length >= 1, JSON.stringify(answer));
    for (const card of answer.products) {
      assert.equal(typeof card.id, 'string');
      assert.equal(typeof card.title, 'string');
      assert.ok(Number.isInteger(card.price.amount));
      assert.equal(card.price.currency, 'KRW');
      assert.ok(card.price.amount <= 50_000, `${card.title} costs ${card.price.amount}`);
      assert.equal(typeof card.availability, 'string');
      assert.ok(Array.isArray(card.why) && card.why.length > 0);
    }
    await visitor.reload();
    assert.deepEqual((await visitor.wholeHistory()).at(-1).products, answer.products);
    await visitor.close();
  });

  test('storefront events are acked without a seq, once and again', async () => {
    const visitor = await Visitor.open(server, {});
    const before = visitor.log.last;
    const names = ['page_view', 'product_view', 'product_click', 'add_to_cart', 'remove_from_cart', 'checkout_start'];
    for (const name of names) {
      const ack = await visitor.event(name, { product: 'mouse-quiet' });
      assert.equal(ack.seq, undefined);
      assert.match(ack.at, rfc3339);
      const again = await visitor.socket.ask({ type: 'event', id: ack.id, name, product: 'mouse-quiet' }, (f) => f.type === 'ack' && f.id === ack.id);
      assert.deepEqual(again, ack);
    }
    const ack = await visitor.event('purchase', { product: 'mouse-quiet', value: { amount: 29_000, currency: 'KRW' } });
    assert.ok(ack.at);
    assert.equal((await visitor.wholeHistory()).filter((m) => m.from.role === 'visitor').length, 0, `events are no messages (${before})`);
    await visitor.close();
  });

  test('`end` is answered, also when nothing is open or it has ended already', async () => {
    const visitor = await Visitor.open(server, {});
    for (let i = 0; i < 2; ++i)
      assert.equal((await visitor.socket.ask({ type: 'end' }, 'handoff')).state, 'closed');
    await visitor.reload();
    assert.equal(visitor.welcome.state, 'closed');
    await visitor.ask(question);
    assert.equal((await visitor.socket.ask({ type: 'end' }, 'handoff')).state, 'closed');
    assert.equal((await visitor.socket.ask({ type: 'end' }, 'handoff')).state, 'closed');
    await visitor.reload();
    assert.equal(visitor.welcome.state, 'closed');
    clean(visitor);
    await visitor.close();
  });

  test('a quick reply from before does what it says, whatever has been asked since', async () => {
    const visitor = await Visitor.open(server, {});
    const { answer: first } = await visitor.ask(undefined, { choice: 'flow:choose' });
    const kettle = first.quick_replies.find((one) => one.label === 'A kettle');
    const { answer: other } = await visitor.ask(undefined, { choice: 'flow:gift' });
    assert.match(other.text, /for whom/i);
    const { answer } = await visitor.ask(undefined, { choice: kettle.choice });
    assert.match(answer.text, /boil in three minutes/);
    // A value that nobody ever offered is no search.
    const { answer: none } = await visitor.ask(undefined, { choice: 'mouse:wireless' });
    assert.deepEqual(none.products ?? [], []);
    clean(visitor);
    await visitor.close();
  });

  test('a message after `end` goes on in the same conversation', async () => {
    const visitor = await Visitor.open(server, {});
    const other = await visitor.tab();
    await visitor.ask(question);
    visitor.socket.send({ type: 'end' });
    // `end` has no ack: whoever comes next finds the conversation closed.
    const closed = await until(async () => {
      const next = await visitor.tab();
      if (next.welcome.state === 'closed') return next;
      await next.close();
      return undefined;
    }, 'the conversation is closed');
    const { ack } = await visitor.ask('How do I return something?');
    assert.equal((await closed.answered(ack.seq)).reply_to, ack.seq);
    await visitor.reload();
    assert.equal(visitor.welcome.state, 'bot');
    assert.equal(visitor.welcome.resumed, true);
    clean(visitor, other);
    await Promise.all([visitor.close(), other.close(), closed.close()]);
  });

  test('typing and read are taken without an answer', async () => {
    const visitor = await Visitor.open(server, {});
    const from = visitor.socket.mark();
    visitor.socket.send({ type: 'typing', on: true });
    visitor.socket.send({ type: 'typing', on: false });
    visitor.socket.send({ type: 'read', seq: visitor.log.last });
    visitor.socket.send({ type: 'read', seq: 999_999 });
    visitor.socket.send({ type: 'read', seq: 0 });
    await visitor.ask(question);
    assert.deepEqual(visitor.socket.frames.slice(from).filter((f) => f.type === 'error'), []);
    await visitor.close();
  });

  test('text arrives as it was written', async () => {
    const visitor = await Visitor.open(server, {});
    const other = await visitor.tab();
    const texts = [
      'line one\nline two\ttab',
      '한글과 English, émoji 👩‍👩‍👧‍👦 and "quotes" \\ / <b>&amp;</b>',
      '\u202Eright to left\u202C \u200Bzero width',
      'e\u0301 stays decomposed, \u1112\u1161\u11ab too',
      '가'.repeat(4000),
      '😀'.repeat(4000),
    ];
    for (const text of texts) {
      const ack = await visitor.say(text);
      await visitor.answered(ack.seq);
      await other.caughtUp(ack.seq);
      assert.equal(other.log.bySeq.get(ack.seq).text, text);
    }
    const stored = (await visitor.wholeHistory()).filter((m) => m.from.role === 'visitor').map((m) => m.text);
    assert.deepEqual(stored, texts);
    await Promise.all([visitor.close(), other.close()]);
  });

  test('a hello again on the same socket does no harm', async () => {
    const visitor = await Visitor.open(server, {});
    const from = visitor.socket.mark();
    visitor.socket.send({ type: 'hello', token: visitor.token, conversation: visitor.conversation, after: visitor.log.last });
    await visitor.socket.wait((f) => f.type === 'welcome' || f.type === 'error', { from, what: 'an answer' });
    const { ack } = await visitor.ask(question);
    assert.equal(visitor.socket.frames.filter((f) => f.type === 'message' && f.reply_to === ack.seq).length, 1);
    await visitor.close();
  });
});
