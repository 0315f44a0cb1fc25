// The agents' side of the contract: queue, exclusive ownership, and a bot that holds its tongue.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Agent } from './lib/agent.mjs';
import { Server } from './lib/server.mjs';
import { Socket } from './lib/socket.mjs';
import { essence } from './lib/transcript.mjs';
import { Visitor, freshId } from './lib/visitor.mjs';
import { until } from './lib/wait.mjs';

const question = 'How long does delivery take?';
const person = 'I want to talk to a person';

describe('agents', { concurrency: false }, () => {
  let server;
  let mina;
  let jun;
  let care;
  before(async () => {
    server = await Server.start({ set: { 'handoff.requeue_after': '2s' } });
    await server.addUser('mina', { team: 'sales' });
    await server.addUser('jun', { team: 'sales' });
    await server.addUser('hana', { team: 'care' });
    mina = await Agent.open(server, server.people.get('mina'));
    jun = await Agent.open(server, server.people.get('jun'));
    care = await Agent.open(server, server.people.get('hana'));
  });
  after(async () => {
    await Promise.all([mina, jun, care].map((agent) => agent?.close()));
    await server.dispose();
  });

  // A visitor who has asked for a person.
  const asking = async (options = {}) => {
    const visitor = await Visitor.open(server, options);
    await visitor.ask(options.locale === 'ko' ? '배송은 얼마나 걸려요?' : question);
    const ack = await visitor.say(options.locale === 'ko' ? '상담원 연결해 주세요' : person);
    await visitor.handoff('queued');
    visitor.asked = ack.seq;
    return visitor;
  };
  // … and whom `agent` has taken.
  const taken = async (agent = mina, options) => {
    const visitor = await asking(options);
    await agent.waiting(visitor.conversation);
    const got = await agent.accept(visitor.conversation);
    assert.equal(got.type, 'conversation', JSON.stringify(got));
    await visitor.handoff('accepted');
    return visitor;
  };
  const finish = async (visitor, agent = mina) => {
    agent.send({ type: 'close', conversation: visitor.conversation });
    await visitor.handoff('closed');
    assert.deepEqual(visitor.log.problems, []);
    await visitor.close();
  };
  const same = async (visitor, ...others) => {
    const whole = (await visitor.wholeHistory()).map(essence);
    await visitor.caughtUp(whole.length);
    assert.deepEqual(visitor.log.essences(), whole);
    for (const agent of others) {
      const { log } = agent.room(visitor.conversation);
      await agent.signal.wait(() => log.last >= whole.length, `${agent.name} has ${whole.length} messages`);
      assert.deepEqual(log.essences(), whole, agent.name);
      assert.deepEqual(log.problems, []);
    }
  };

  test('the socket needs a session and its own origin', async () => {
    const nobody = new Socket(`${server.ws}/ws/agent`);
    await assert.rejects(nobody.ready());
    assert.equal(nobody.refused.status, 401);
    const wrong = new Socket(`${server.ws}/ws/agent`, { headers: { cookie: 'maru_session=made-up' } });
    await assert.rejects(wrong.ready());
    assert.equal(wrong.refused.status, 401);
    const foreign = new Socket(`${server.ws}/ws/agent`, { headers: { cookie: mina.cookie, origin: 'https://evil.example' } });
    await assert.rejects(foreign.ready());
    assert.equal(foreign.refused.status, 403);
  });

  test('welcome tells who one is, the teams, the canned answers and the queue', () => {
    const { welcome } = mina;
    assert.equal(welcome.agent.name ?? welcome.agent, 'mina');
    assert.ok(Array.isArray(welcome.teams));
    assert.ok(Array.isArray(welcome.canned) && welcome.canned.length > 0);
    assert.ok(Array.isArray(welcome.queue));
    assert.ok(Array.isArray(welcome.mine));
  });

  test('who asks for a person is in the queue at once, with the reason', async () => {
    const visitor = await asking();
    assert.equal((await visitor.tab()).welcome.state, 'queued');
    const item = await mina.waiting(visitor.conversation);
    assert.equal(item.reason, 'asked');
    assert.equal(typeof item.waiting_s, 'number');
    assert.ok(item.waiting_s >= 0 && item.waiting_s < 60);
    assert.match(item.since, /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.equal(typeof item.readiness.score, 'number');
    assert.ok(Array.isArray(item.readiness.signals));
    assert.equal(item.locale, 'en');
    assert.equal(typeof item.summary, 'string');
    const notice = visitor.handoffs.find((frame) => frame.state === 'queued');
    assert.equal(notice.reason, 'asked');
    await jun.waiting(visitor.conversation);
    assert.equal((await mina.accept(visitor.conversation)).type, 'conversation');
    await finish(visitor);
  });

  test('the oldest request is first', async () => {
    const visitors = [];
    for (let i = 0; i < 3; ++i) visitors.push(await asking());
    await mina.signal.wait(() => visitors.every((v) => mina.queue.some((item) => item.conversation === v.conversation)), 'all three wait');
    const order = mina.queue.map((item) => item.conversation).filter((id) => visitors.some((v) => v.conversation === id));
    assert.deepEqual(order, visitors.map((v) => v.conversation));
    for (const visitor of visitors) {
      await mina.accept(visitor.conversation);
      await mina.gone(visitor.conversation);
      await finish(visitor);
    }
  });

  test('accept is exclusive: of many at once exactly one gets it', async () => {
    for (let round = 0; round < 10; ++round) {
      const visitor = await asking();
      await Promise.all([mina, jun, care].map((agent) => agent.waiting(visitor.conversation).catch(() => undefined)));
      const got = await Promise.all([mina.accept(visitor.conversation), jun.accept(visitor.conversation)]);
      const winners = got.filter((frame) => frame.type === 'conversation' && frame.state === 'agent');
      const losers = got.filter((frame) => frame.type === 'error');
      assert.equal(winners.length, 1, JSON.stringify(got).slice(0, 500));
      assert.equal(losers.length, 1);
      assert.equal(losers[0].code, 'conflict');
      const winner = got[0].type === 'conversation' ? mina : jun;
      await Promise.all([mina, jun].map((agent) => agent.owner(visitor.conversation, winner.name)));
      const accepted = await visitor.handoff('accepted');
      assert.equal(accepted.agent.name, winner.name);
      await finish(visitor, winner);
    }
  });

  test('accepting again what is one’s own changes nothing', async () => {
    const visitor = await taken();
    const { epoch } = mina.room(visitor.conversation);
    const again = await mina.accept(visitor.conversation);
    // Shown once more, as a second tab or a repeated frame needs it; nothing changes.
    assert.equal(again.type, 'conversation', JSON.stringify(again));
    assert.equal(again.state, 'agent');
    assert.equal(again.epoch, epoch);
    const joined = (await visitor.wholeHistory()).filter((m) => m.from.role === 'system');
    assert.equal(joined.length, 1, 'the visitor hears of it once');
    assert.equal((await mina.openConversation(visitor.conversation)).epoch, epoch);
    assert.equal((await mina.say(visitor.conversation, 'still mine')).type, 'ack');
    await finish(visitor);
  });

  test('the agent gets everything said before, and the visitor sees who it is', async () => {
    const visitor = await taken();
    const room = mina.room(visitor.conversation);
    assert.equal(room.state, 'agent');
    assert.ok(room.epoch > 0);
    assert.equal(typeof room.frame.summary, 'string');
    assert.ok(room.frame.summary.length > 0);
    await same(visitor, mina);
    const tab = await visitor.tab();
    assert.equal(tab.welcome.state, 'agent');
    assert.equal(tab.welcome.agent.name, 'mina');
    await finish(visitor);
  });

  test('both talk, the bot is silent', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    const from = visitor.log.last;
    for (let i = 0; i < 3; ++i) {
      const ack = await mina.say(conversation, `Hello, this is Mina (${i})`);
      assert.equal(ack.type, 'ack', JSON.stringify(ack));
      const heard = await visitor.heard(`this is Mina (${i})`);
      assert.equal(heard.seq, ack.seq);
      assert.equal(heard.from.role, 'agent');
      assert.equal(heard.from.name, 'mina');
      await visitor.say(`${question} ${i}`);
      await mina.heard(conversation, `${question} ${i}`);
    }
    await visitor.say('wireless mouse under 50,000 won');
    await mina.heard(conversation, 'wireless mouse');
    const whole = await visitor.wholeHistory();
    assert.deepEqual(whole.slice(from).filter((m) => m.from.role === 'bot'), []);
    await same(visitor, mina);
    await finish(visitor);
  });

  test('an agent’s message is idempotent by its id', async () => {
    const visitor = await taken();
    const id = freshId('same');
    const first = await mina.say(visitor.conversation, 'only once', { id });
    const again = await mina.say(visitor.conversation, 'only once', { id });
    assert.equal(again.seq, first.seq);
    await mina.reload();
    const third = await mina.say(visitor.conversation, 'only once', { id });
    assert.equal(third.seq, first.seq);
    assert.equal((await visitor.wholeHistory()).filter((m) => m.text === 'only once').length, 1);
    await finish(visitor);
  });

  test('an agent may send products as cards', async () => {
    const visitor = await taken();
    const ack = await mina.say(visitor.conversation, 'I would take this one', { products: ['mouse-quiet'] });
    assert.equal(ack.type, 'ack', JSON.stringify(ack));
    const heard = await visitor.heard('I would take this one');
    assert.equal(heard.products.length, 1);
    assert.equal(heard.products[0].id, 'mouse-quiet');
    assert.equal(heard.products[0].price.currency, 'KRW');
    // A card as it came from the catalog does as well as its id.
    const card = await mina.say(visitor.conversation, 'or these', { products: [{ ...heard.products[0] }, 'mouse-small'] });
    assert.equal(card.type, 'ack', JSON.stringify(card));
    assert.deepEqual((await visitor.heard('or these')).products.map((one) => one.id), ['mouse-quiet', 'mouse-small']);
    // A product that is not in the catalog never becomes a card, and no message without one is sent instead.
    const last = visitor.log.last;
    for (const [text, products] of [['and this', ['no-such-product']], [undefined, ['no-such-product']], ['and this', ['mouse-quiet', { id: 'no-such-product' }]]]) {
      const wrong = await mina.say(visitor.conversation, text, { products });
      assert.equal(wrong.type, 'error');
      assert.equal(wrong.code, 'not_found');
      assert.match(wrong.message, /no-such-product/);
    }
    assert.equal((await visitor.wholeHistory()).at(-1).seq, last);
    await finish(visitor);
  });

  test('an owner who leaves the view still hears of the conversation; who only looked on does not', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    await jun.openConversation(conversation);
    for (const agent of [mina, jun]) agent.send({ type: 'leave', conversation });
    const from = jun.socket.mark();
    await visitor.say('are you still with me?');
    await mina.heard(conversation, 'still with me');
    assert.equal((await mina.say(conversation, 'of course')).type, 'ack');
    // Ours from here on: what jun hears of it.
    mina.send({ type: 'transfer', conversation, to: { agent: 'jun' } });
    await jun.owner(conversation, 'jun');
    await visitor.signal.wait(() => visitor.handoffs.some((f) => f.agent?.name === 'jun'), 'jun has it');
    assert.deepEqual(jun.socket.frames.slice(from).filter((f) => f.type === 'message' && /still with me|of course/.test(f.text)), []);
    // Not mina's any more, and she has left it.
    const since = mina.socket.mark();
    await visitor.say('hello jun');
    await jun.heard(conversation, 'hello jun');
    assert.equal((await jun.say(conversation, 'hello')).type, 'ack');
    await mina.presence('online');
    assert.deepEqual(mina.socket.frames.slice(since).filter((f) => f.type === 'message' && f.conversation === conversation), []);
    await finish(visitor, jun);
  });

  test('what an agent reads of a conversation that the bot has is of now', async () => {
    const visitor = await Visitor.open(server, {});
    await visitor.ask('wireless mouse under 50,000 won');
    await visitor.event('product_click', { product: 'mouse-quiet' });
    await visitor.event('add_to_cart', { product: 'mouse-quiet' });
    const seen = await mina.openConversation(visitor.conversation);
    assert.equal(seen.state, 'bot');
    assert.ok(seen.readiness.score > 0, JSON.stringify(seen.readiness));
    assert.ok(seen.readiness.signals.some((one) => one.name === 'product_click'));
    assert.equal(seen.interests[0].id, 'mouse-quiet');
    assert.match(seen.summary, /Murmur/);
    mina.send({ type: 'leave', conversation: visitor.conversation });
    await visitor.close();
  });

  test('who is not there is handed nothing, and who goes again loses it to the queue', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    const person = await server.addUser('eve', { team: 'sales' }); // beside the running server, which has not seen her yet
    const absent = await mina.socket.ask({ type: 'transfer', conversation, to: { agent: 'eve' } }, 'error');
    assert.equal(absent.code, 'unavailable', JSON.stringify(absent));
    assert.match(absent.message, /eve is not online/);
    assert.equal((await mina.say(conversation, 'still mine')).type, 'ack');
    const eve = await Agent.open(server, person);
    await eve.presence('offline'); // the console is open, she is not at work
    const resting = await mina.socket.ask({ type: 'transfer', conversation, to: { agent: 'eve' } }, 'error');
    assert.equal(resting.code, 'unavailable', JSON.stringify(resting));
    await eve.presence('away');
    mina.send({ type: 'transfer', conversation, to: { agent: 'eve' } });
    await jun.owner(conversation, 'eve');
    await eve.close();
    assert.ok(await jun.waiting(conversation, 20_000));
    assert.equal((await jun.accept(conversation)).type, 'conversation');
    await finish(visitor, jun);
  });

  test('who waits is told the place once, and again after a reload', async () => {
    const first = await asking();
    const second = await asking();
    const both = [first, second];
    for (const visitor of both) await mina.waiting(visitor.conversation);
    await jun.presence('online'); // by now the queue has been told to everybody
    for (const [i, visitor] of both.entries()) {
      const told = visitor.handoffs.filter((frame) => frame.state === 'queued');
      assert.equal(told.length, 1, JSON.stringify(told));
      assert.equal(told[0].position, i + 1);
      assert.ok(told[0].wait_s > 0);
      const tab = await visitor.tab();
      assert.equal(tab.welcome.handoff.position, i + 1);
      assert.equal(tab.welcome.handoff.wait_s, told[0].wait_s);
      await tab.close();
    }
    await mina.accept(first.conversation);
    await second.signal.wait(() => second.handoffs.some((frame) => frame.state === 'queued' && frame.position === 1), 'the second is the first');
    await mina.accept(second.conversation);
    for (const visitor of both) await finish(visitor);
  });

  test('typing and read pass between them', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    let from = visitor.socket.mark();
    mina.send({ type: 'typing', conversation, on: true });
    const typing = await visitor.socket.wait('typing', { from });
    assert.equal(typing.on, true);
    assert.equal(typing.from.role, 'agent');
    from = mina.socket.mark();
    visitor.socket.send({ type: 'typing', on: true });
    const back = await mina.socket.wait('typing', { from });
    assert.equal(back.conversation, conversation);
    from = mina.socket.mark();
    visitor.socket.send({ type: 'read', seq: visitor.log.last });
    const read = await mina.socket.wait('read', { from });
    assert.equal(read.seq, visitor.log.last);
    from = visitor.socket.mark();
    mina.send({ type: 'read', conversation, seq: visitor.log.last });
    assert.equal((await visitor.socket.wait('read', { from })).seq, visitor.log.last);
    // Who only looks on reads nothing in the visitor's eyes.
    await visitor.say('and this?');
    await jun.openConversation(conversation);
    from = visitor.socket.mark();
    jun.send({ type: 'read', conversation, seq: visitor.log.last });
    await jun.presence('online');
    await mina.say(conversation, 'that too');
    await visitor.heard('that too');
    assert.deepEqual(visitor.socket.frames.slice(from).filter((frame) => frame.type === 'read'), []);
    await finish(visitor);
  });

  test('only the owner may write', async () => {
    const visitor = await taken();
    const refused = await jun.say(visitor.conversation, 'me too');
    assert.equal(refused.type, 'error');
    assert.ok(['conflict', 'forbidden'].includes(refused.code), refused.code);
    const closed = await jun.socket.ask({ type: 'close', conversation: visitor.conversation }, 'error');
    assert.ok(['conflict', 'forbidden'].includes(closed.code), closed.code);
    assert.equal((await visitor.wholeHistory()).filter((m) => m.text === 'me too').length, 0);
    await finish(visitor);
  });

  test('a note is for agents only and has its own count', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    const opened = await jun.openConversation(conversation);
    assert.equal(opened.type, 'conversation');
    const before = visitor.log.last;
    const id = freshId('note');
    const note = await mina.note(conversation, 'a regular customer', { id });
    assert.equal(note.type, 'ack', JSON.stringify(note));
    const again = await mina.note(conversation, 'a regular customer', { id });
    assert.equal(again.seq, note.seq);
    await jun.signal.wait(() => jun.room(conversation).notes.some((n) => n.text === 'a regular customer'), 'jun reads the note');
    const ack = await mina.say(conversation, 'after the note');
    assert.equal(ack.seq, before + 1, 'a note takes no seq of the conversation');
    await visitor.heard('after the note');
    assert.ok(!visitor.socket.frames.some((f) => JSON.stringify(f).includes('regular customer')));
    assert.ok(!JSON.stringify(await visitor.wholeHistory()).includes('regular customer'));
    // Whoever opens it later reads the note too.
    const later = await care.openConversation(conversation);
    assert.ok(JSON.stringify(later).includes('regular customer'));
    await finish(visitor);
  });

  test('an old epoch is refused with what was missed', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    const { epoch } = mina.room(conversation);
    mina.send({ type: 'transfer', conversation, to: { agent: 'jun' } });
    await jun.owner(conversation, 'jun');
    await jun.openConversation(conversation);
    const late = await mina.say(conversation, 'too late', { epoch });
    assert.equal(late.type, 'error');
    assert.equal(late.code, 'conflict');
    assert.ok(jun.room(conversation).epoch > epoch, 'the epoch grew');
    const fresh = await jun.say(conversation, 'now it is me', { epoch: jun.room(conversation).epoch });
    assert.equal(fresh.type, 'ack', JSON.stringify(fresh));
    assert.equal((await visitor.wholeHistory()).filter((m) => m.text === 'too late').length, 0);
    await finish(visitor, jun);
  });

  test('an `after` older than the visitor’s last message is let through, with what was missed', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    const { epoch, log } = mina.room(conversation);
    const after = log.last;
    await visitor.say('one more thing');
    await mina.heard(conversation, 'one more thing');
    const ack = await mina.say(conversation, 'an answer to what came before', { epoch, after });
    assert.equal(ack.type, 'ack', JSON.stringify(ack));
    assert.ok(JSON.stringify(ack).includes('one more thing'), 'the ack carries what was missed');
    await visitor.heard('an answer to what came before');
    await finish(visitor);
  });

  test('transfer to an agent, to a team, to the bot', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    mina.send({ type: 'transfer', conversation, to: { agent: 'jun' }, note: 'knows mice' });
    await Promise.all([mina.owner(conversation, 'jun'), jun.owner(conversation, 'jun'), care.owner(conversation, 'jun')]);
    assert.equal((await jun.openConversation(conversation)).state, 'agent');
    await visitor.signal.wait(() => visitor.handoffs.some((f) => f.state === 'accepted' && f.agent?.name === 'jun'), 'the visitor sees jun');
    assert.equal((await jun.say(conversation, 'jun here')).type, 'ack');

    jun.send({ type: 'transfer', conversation, to: { team: 'care' } });
    await care.waiting(conversation, undefined, 'care');
    assert.equal((await (await visitor.tab()).welcome).state, 'queued');
    const got = await care.accept(conversation);
    assert.equal(got.type, 'conversation', JSON.stringify(got));
    assert.equal((await care.say(conversation, 'hana here')).type, 'ack');

    care.send({ type: 'transfer', conversation, to: { bot: true } });
    await visitor.handoff('returned');
    const { answer } = await visitor.ask(question);
    assert.match(answer.text, /two or three days/);
    assert.equal((await care.say(conversation, 'still me?')).type, 'error');
    await same(visitor);
    const tab = await visitor.tab();
    assert.equal(tab.welcome.state, 'bot');
    assert.deepEqual(visitor.log.problems, []);
    await Promise.all([visitor.close(), tab.close()]);
  });

  test('a transfer to nobody is refused', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    for (const to of [{ agent: 'nobody' }, { team: 'no such team' }]) {
      const error = await mina.socket.ask({ type: 'transfer', conversation, to }, 'error', { what: JSON.stringify(to) });
      assert.equal(error.code, 'not_found', JSON.stringify(to));
    }
    const stranger = await jun.socket.ask({ type: 'transfer', conversation, to: { bot: true } }, 'error');
    assert.ok(['conflict', 'forbidden'].includes(stranger.code), stranger.code);
    assert.equal((await mina.say(conversation, 'still mine')).type, 'ack');
    await finish(visitor);
  });

  test('close ends it, asks for satisfaction once, and the next message is a new inquiry with the bot', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    mina.send({ type: 'close', conversation, resolution: 'sold' });
    await visitor.handoff('closed');
    const survey = await visitor.socket.wait('survey');
    assert.equal(survey.kind, 'csat');
    assert.equal(typeof survey.survey, 'string');
    assert.ok(survey.question.length > 0);
    assert.ok(survey.scale.min < survey.scale.max);
    await visitor.reload();
    assert.equal(visitor.welcome.state, 'closed');
    assert.equal(visitor.welcome.survey?.survey, survey.survey, 'a reload does not lose an open survey');
    const wrong = await visitor.socket.ask({ type: 'survey', survey: survey.survey, score: 99 }, 'error');
    assert.equal(wrong.code, 'bad_frame');
    for (let i = 0; i < 2; ++i) visitor.socket.send({ type: 'survey', survey: survey.survey, score: survey.scale.max, comment: 'thank you' });
    const { answer } = await visitor.ask(question);
    assert.equal(answer.from.role, 'bot');
    await visitor.reload();
    assert.equal(visitor.welcome.survey, undefined);
    assert.equal(visitor.welcome.state, 'bot');
    assert.equal((await mina.say(conversation, 'closed already')).type, 'error');
    assert.deepEqual(visitor.log.problems, []);
    await visitor.close();
  });

  test('a survey stays open while the visitor goes on writing', async () => {
    const visitor = await taken();
    await mina.say(visitor.conversation, 'Bye');
    mina.send({ type: 'close', conversation: visitor.conversation });
    const survey = await visitor.socket.wait('survey');
    await visitor.ask(question);
    await visitor.reload();
    assert.equal(visitor.welcome.survey?.survey, survey.survey);
    visitor.socket.send({ type: 'survey', survey: survey.survey, score: 5 });
    await visitor.ask(question);
    await visitor.reload();
    assert.equal(visitor.welcome.survey, undefined);
    assert.deepEqual(visitor.errors, []);
    await visitor.close();
  });

  test('labels are set, removed and found again', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    // A colleague who looks on sees them change.
    await jun.socket.ask({ type: 'open', conversation }, (frame) => frame.type === 'conversation' && frame.conversation === conversation);
    const from = jun.socket.mark();
    mina.send({ type: 'label', conversation, add: ['vip', '단골'] });
    mina.send({ type: 'label', conversation, remove: 'vip' }); // one alone needs no list
    await jun.socket.wait((frame) => frame.type === 'labels' && frame.conversation === conversation && frame.labels.join() === '단골', { from, what: 'the labels' });
    await until(async () => {
      const found = await mina.get(`/api/v1/conversations?label=${encodeURIComponent('단골')}`);
      return found.text.includes(conversation);
    }, 'the label is found');
    assert.ok(!(await mina.get('/api/v1/conversations?label=vip')).text.includes(conversation));
    await finish(visitor);
  });

  test('presence is told to everybody, also to oneself', async () => {
    const from = jun.socket.mark();
    await mina.presence('away');
    await jun.socket.wait((f) => f.type === 'presence' && (f.agent?.name ?? f.agent) === 'mina' && f.status === 'away', { from, what: 'mina is away' });
    await mina.presence('online');
  });

  test('an agent who reconnects keeps the conversations', async () => {
    const visitor = await taken();
    const { conversation } = visitor;
    const { epoch } = mina.room(conversation);
    await mina.reload();
    assert.ok(JSON.stringify(mina.welcome.mine).includes(conversation));
    assert.equal((await mina.openConversation(conversation)).epoch, epoch);
    assert.equal((await mina.say(conversation, 'back again')).type, 'ack');
    await visitor.heard('back again');
    await visitor.say('good');
    await mina.heard(conversation, 'good');
    await same(visitor, mina);
    await finish(visitor);
  });

  test('who asks while queued stays queued, and may end', async () => {
    const visitor = await asking();
    await visitor.say('are you there?');
    await visitor.say('hello?');
    const item = await mina.waiting(visitor.conversation);
    assert.ok(item);
    visitor.socket.send({ type: 'end' });
    await mina.gone(visitor.conversation);
    const late = await mina.accept(visitor.conversation);
    assert.equal(late.type, 'error');
    assert.ok(['conflict', 'not_found'].includes(late.code), late.code);
    await visitor.close();
  });

  test('an owner who stays away loses the conversation to the queue', async () => {
    const visitor = await taken(care);
    const { conversation } = visitor;
    await mina.gone(conversation); // from the queue, that is: hana has it
    care.drop();
    const item = await mina.waiting(conversation, 20_000);
    assert.ok(item);
    assert.equal((await mina.accept(conversation)).type, 'conversation');
    await care.connect();
    await care.presence('online');
    const refused = await care.say(conversation, 'am I still it?');
    assert.equal(refused.type, 'error');
    assert.ok(['conflict', 'forbidden'].includes(refused.code), refused.code);
    assert.equal((await mina.say(conversation, 'mina takes over')).type, 'ack');
    await visitor.heard('mina takes over');
    await finish(visitor);
  });

  test('Korean visitors get a person as well', async () => {
    const visitor = await taken(mina, { locale: 'ko' });
    assert.equal(mina.room(visitor.conversation).frame.visitor?.locale ?? 'ko', 'ko');
    await finish(visitor);
  });
});

describe('nobody is there', { concurrency: false }, () => {
  let server;
  before(async () => {
    server = await Server.start();
    await server.addUser('mina');
  });
  after(() => server.dispose());

  test('the visitor is told, may leave a contact, and the request is kept', async () => {
    const visitor = await Visitor.open(server, {});
    const ack = await visitor.say(person);
    await visitor.handoff('offline');
    const asked = await visitor.answered(ack.seq);
    assert.match(asked.text, /e-?mail|phone|contact/i);
    const consent = (await visitor.wholeHistory()).filter((m) => m.from.role !== 'visitor').map((m) => m.text).join('\n');
    assert.match(consent, /consent|keep|store|delete/i, 'says what is kept and for how long');
    await visitor.ask('mina.kim@example.com');
    // The next agent who comes finds the request.
    const agent = await Agent.open(server, server.people.get('mina'));
    const item = await agent.waiting(visitor.conversation);
    assert.equal(item.reason, 'asked');
    const got = await agent.accept(visitor.conversation);
    assert.equal(got.type, 'conversation', JSON.stringify(got));
    assert.ok(JSON.stringify(got).includes('mina.kim@example.com'), 'the contact is in front of the agent');
    assert.equal((await agent.say(visitor.conversation, 'Good morning')).type, 'ack');
    await visitor.heard('Good morning');
    assert.deepEqual(visitor.log.problems, []);
    await Promise.all([visitor.close(), agent.close()]);
  });

  test('an agent who is away does not count', async () => {
    const agent = await Agent.open(server, server.people.get('mina'), { status: 'away' });
    const visitor = await Visitor.open(server, { locale: 'ko' });
    const ack = await visitor.say('상담원 연결해 주세요');
    await visitor.handoff('offline');
    assert.match((await visitor.answered(ack.seq)).text, /[가-힣]/);
    await Promise.all([visitor.close(), agent.close()]);
  });
});
