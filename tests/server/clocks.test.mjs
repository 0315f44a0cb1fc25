// First response times, with a scripted clock and figures computed by hand, through the CLI and HTTP.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { Agent } from './lib/agent.mjs';
import { call, login } from './lib/http.mjs';
import { Server, temporary } from './lib/server.mjs';
import { Visitor } from './lib/visitor.mjs';
import { patience, until } from './lib/wait.mjs';

const answerable = 'How long does delivery take?';
const unclear = 'qwzx vbkj';
const person = 'I want to talk to a person';

class Clock {
  constructor(start) {
    this.file = path.join(temporary(), 'clock');
    this.set(start);
  }
  set(time) {
    this.now = typeof time === 'string' ? Date.parse(time) : time;
    fs.writeFileSync(`${this.file}.new`, String(this.now));
    fs.renameSync(`${this.file}.new`, this.file); // never read half written
  }
  pass(seconds) {
    this.set(this.now + seconds * 1000);
  }
}

// Both ways must agree before either is compared.
async function report(server, admin, query) {
  const params = new URLSearchParams(query);
  const http = await call(server, 'GET', `/api/v1/reports/response-times?${params}`, { cookie: admin });
  assert.equal(http.status, 200, http.text);
  const args = Object.entries(query).flatMap(([key, value]) => [`--${key}`, value]);
  const cli = await server.cli(['report', 'response-times', ...args, '--format', 'json']);
  assert.equal(cli.code, 0, cli.stderr);
  assert.deepEqual(JSON.parse(cli.stdout), http.json, 'the command line and HTTP say the same');
  return http.json;
}

const close = (got, want, what) => assert.ok(Math.abs(got - want) < 1e-6, `${what}: ${got}, computed ${want}`);
function figures(got, want, what) {
  for (const [key, value] of Object.entries(want)) {
    if (value === null) assert.ok(got[key] === null || got[key] === undefined, `${what}.${key}: ${got[key]}, nothing to compute it from`);
    else close(got[key], value, `${what}.${key}`);
  }
}

test('count, unanswered, mean, median and p90', { timeout: patience(120_000) }, async (t) => {
  const clock = new Clock('2026-11-23T01:00:00Z');
  const server = await Server.start({ set: { 'test.clock': clock.file } });
  t.after(() => server.dispose());
  await server.addUser('boss', { role: 'admin' });
  await server.addUser('mina', { team: 'sales' });
  await server.addUser('jun', { team: 'care' });
  const admin = await login(server, server.people.get('boss'));
  const mina = await Agent.open(server, server.people.get('mina'));
  const jun = await Agent.open(server, server.people.get('jun'));

  // Eleven inquiries that both the bot and an agent answer. The bot's clock runs from the first, unclear
  // message to the first real answer; the agent's from the request to the first word.
  const bot = [0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 90]; // sum 232, median 8, p90 55
  const pickup = [4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 40]; // median 10
  const agent = [10, 12, 14, 16, 18, 20, 30, 40, 60, 80, 200]; // sum 500, median 20, p90 80
  for (let i = 0; i < 11; ++i) {
    const who = i % 2 === 0 ? mina : jun;
    const visitor = await Visitor.open(server, { name: `v${i}` });
    if (bot[i] > 0) {
      const { answer } = await visitor.ask(unclear);
      assert.doesNotMatch(answer.text, /two or three days/);
    }
    clock.pass(bot[i]);
    await visitor.ask(answerable);
    clock.pass(7);
    await visitor.say(person);
    await who.waiting(visitor.conversation);
    clock.pass(pickup[i]);
    assert.equal((await who.accept(visitor.conversation)).type, 'conversation');
    clock.pass(agent[i] - pickup[i]);
    assert.equal((await who.say(visitor.conversation, 'Hello')).type, 'ack');
    clock.pass(3);
    assert.equal((await who.say(visitor.conversation, 'Anything else?')).type, 'ack');
    await visitor.heard('Anything else?');
    clock.pass(30);
    who.send({ type: 'close', conversation: visitor.conversation });
    await visitor.handoff('closed');
    await visitor.close();
  }
  // Two that ask for a person, are told to wait, and give up; one that only ever gets "I did not understand".
  for (let i = 0; i < 2; ++i) {
    const visitor = await Visitor.open(server, {});
    await visitor.say(person);
    await visitor.handoff('queued');
    clock.pass(300);
    visitor.socket.send({ type: 'end' });
    await mina.gone(visitor.conversation);
    await visitor.close();
  }
  const lost = await Visitor.open(server, {});
  await lost.ask(unclear);
  clock.pass(60);
  lost.socket.send({ type: 'end' });
  await lost.close();

  // 14 inquiries: the bot's clock started in all, was stopped in 11; the agents' started in 13.
  const want = {
    bot: { count: 14, answered: 11, unanswered: 3, mean: 232 / 11, mean_all: 232 / 14, median: 8, p90: 55 },
    agent: { count: 13, answered: 11, unanswered: 2, mean: 500 / 11, mean_all: 500 / 14, median: 20, p90: 80, pickup_median: 10 },
  };
  const range = { from: '2026-11-23', to: '2026-11-24' };
  const whole = await until(async () => {
    const got = await report(server, admin, range);
    return got.total.inquiries === 14 && got;
  }, 'all fourteen inquiries are in the report');
  figures(whole.total.bot, want.bot, 'bot');
  figures(whole.total.agent, want.agent, 'agent');
  // Open at all hours: business time is all time.
  figures(whole.total.business?.bot ?? whole.total.bot.business, want.bot, 'business bot');

  const agents = await report(server, admin, { ...range, by: 'agent' });
  assert.equal(agents.by, 'agent');
  const row = (key) => agents.rows.find((each) => each.key === key);
  // Mina had the even ones, Jun the odd ones.
  figures(row('mina').agent, { count: 6, answered: 6, unanswered: 0, mean: (10 + 14 + 18 + 30 + 60 + 200) / 6, median: 24 }, 'mina');
  figures(row('jun').agent, { count: 5, answered: 5, unanswered: 0, mean: (12 + 16 + 20 + 40 + 80) / 5, median: 20 }, 'jun');
  assert.equal(agents.rows.reduce((sum, each) => sum + each.inquiries, 0), 14, 'every inquiry is in one row');

  for (const by of ['day', 'hour', 'team', 'channel', 'site']) {
    const got = await report(server, admin, { ...range, by });
    assert.equal(got.rows.reduce((sum, each) => sum + each.inquiries, 0), 14, by);
    figures(got.total.bot, want.bot, `by ${by}`);
  }
  const day = await report(server, admin, { ...range, by: 'day' });
  assert.equal(day.rows.length, 1);

  // Another day has nothing in it, and says so without dividing by it.
  const empty = await report(server, admin, { from: '2026-11-20', to: '2026-11-21' });
  assert.equal(empty.total.inquiries, 0);
  figures(empty.total.bot, { count: 0, answered: 0, unanswered: 0 }, 'empty');
  assert.ok(!JSON.stringify(empty).includes('NaN'));

  const csv = await server.cli(['report', 'response-times', '--from', range.from, '--to', range.to, '--format', 'csv']);
  assert.equal(csv.code, 0, csv.stderr);
  assert.match(csv.stdout.split('\n')[0], /inquiries/);
  const table = await server.cli(['report', 'response-times', '--from', range.from, '--to', range.to, '--format', 'table']);
  assert.equal(table.code, 0, table.stderr);
  assert.match(table.stdout, /14/);
  for (const wrong of [['--from', 'yesterday'], ['--by', 'moon'], ['--format', 'doc']])
    assert.notEqual((await server.cli(['report', 'response-times', ...wrong])).code, 0, wrong.join(' '));
  for (const wrong of ['from=yesterday', 'by=moon'])
    assert.equal((await call(server, 'GET', `/api/v1/reports/response-times?${wrong}`, { cookie: admin })).status, 400, wrong);

  // The same figures after a restart, and from the command line alone.
  await Promise.all([mina.close(), jun.close()]);
  await server.restart({ hard: true });
  assert.deepEqual(await report(server, await login(server, server.people.get('boss')), range), whole);
});

test('half an hour of silence closes an inquiry the bot owns', { timeout: patience(60_000) }, async (t) => {
  const clock = new Clock('2026-11-23T01:00:00Z');
  const server = await Server.start({ set: { 'test.clock': clock.file } });
  t.after(() => server.dispose());
  await server.addUser('boss', { role: 'admin' });
  const admin = await login(server, server.people.get('boss'));
  const count = async () => (await report(server, admin, { from: '2026-11-23', to: '2026-11-24' })).total.inquiries;

  const visitor = await Visitor.open(server, {});
  await visitor.ask(answerable);
  clock.pass(29 * 60);
  await visitor.ask(answerable);
  clock.pass(29 * 60);
  await visitor.ask(answerable);
  assert.equal(await until(count, 'one inquiry'), 1, 'each message starts the half hour anew');
  clock.pass(31 * 60);
  await visitor.ask(answerable);
  await until(async () => (await count()) === 2, 'a second inquiry');
  visitor.socket.send({ type: 'end' });
  await until(async () => {
    const tab = await visitor.tab();
    await tab.close();
    return tab.welcome.state === 'closed';
  }, 'the end');
  await visitor.ask(answerable);
  await until(async () => (await count()) === 3, 'a third inquiry');

  // The half hour also ends when the server was down in the middle of it.
  await server.kill();
  clock.pass(31 * 60);
  await server.start();
  await visitor.reload();
  await visitor.ask(answerable);
  await until(async () => (await count()) === 4, 'a fourth inquiry');
  await visitor.close();
});

test('business time leaves out the hours that are closed', { timeout: patience(60_000) }, async (t) => {
  // The test shop is open Monday to Friday, 09:00 to 18:00 in Seoul.
  const clock = new Clock('2026-11-23T17:59:00+09:00');
  const server = await Server.start({ set: { 'test.clock': clock.file, 'hours.always': undefined } });
  t.after(() => server.dispose());
  await server.addUser('boss', { role: 'admin' });
  await server.addUser('mina');
  const mina = await Agent.open(server, server.people.get('mina'));
  const visitor = await Visitor.open(server, {});
  await visitor.say(person);
  await mina.waiting(visitor.conversation);
  clock.set('2026-11-24T09:00:30+09:00');
  assert.equal((await mina.accept(visitor.conversation)).type, 'conversation');
  clock.set('2026-11-24T09:02:00+09:00');
  assert.equal((await mina.say(visitor.conversation, 'Good morning')).type, 'ack');

  const admin = await login(server, server.people.get('boss'));
  const { total } = await report(server, admin, { from: '2026-11-22', to: '2026-11-26' });
  // 15 h 3 min by the wall clock; a minute before closing and two after opening in business time.
  figures(total.agent, { count: 1, answered: 1, mean: 15 * 3600 + 180, median: 15 * 3600 + 180, p90: 15 * 3600 + 180 }, 'agent');
  const business = total.business ? total.business.agent : total.agent.business;
  figures(business, { answered: 1, mean: 180, median: 180, p90: 180 }, 'business');

  // After closing time nobody is called.
  clock.set('2026-11-24T20:00:00+09:00');
  await until(async () => {
    const late = await Visitor.open(server, {});
    await late.ask(person);
    const { state } = await late.signal.wait(() => late.handoffs[0], 'an answer to the request');
    await late.close();
    return state === 'offline';
  }, 'the hours are over');
  await Promise.all([visitor.close(), mina.close()]);
});

// While nobody is there the bot owns the conversation: the visitor's silence ends the inquiry, and not the request.
test('an inquiry that asked for people who were not there closes by itself, and is answered all the same', { timeout: patience(60_000) }, async (t) => {
  const clock = new Clock('2026-11-23T01:00:00Z');
  const server = await Server.start({ set: { 'test.clock': clock.file } });
  t.after(() => server.dispose());
  await server.addUser('boss', { role: 'admin' });
  await server.addUser('mina');
  const admin = await login(server, server.people.get('boss'));
  const range = { from: '2026-11-23', to: '2026-11-25' };
  const inquiries = async () => (await report(server, admin, range)).total.inquiries;

  const visitor = await Visitor.open(server, {});
  await visitor.ask(person);
  await visitor.handoff('offline');
  await visitor.ask('mina.kim@example.com');
  clock.pass(31 * 60);
  await until(async () => {
    const { json } = await call(server, 'GET', `/api/v1/conversations/${visitor.conversation}`, { cookie: admin });
    return json.status === 'closed';
  }, 'the inquiry closes');
  const other = await Visitor.open(server, {}); // one that nobody comes back to before an agent does
  await other.ask(person);
  clock.pass(31 * 60);
  clock.pass(2 * 3600);
  await visitor.ask(answerable);
  await until(async () => (await inquiries()) === 3, 'a new inquiry is open');

  await server.restart({ hard: true });
  for (const one of [visitor, other]) await one.reload();
  const mina = await Agent.open(server, server.people.get('mina'));
  for (const one of [visitor, other]) {
    await mina.waiting(one.conversation);
    const got = await mina.accept(one.conversation);
    assert.equal(got.type, 'conversation', JSON.stringify(got));
    if (one === visitor) assert.ok(JSON.stringify(got).includes('mina.kim@example.com'));
    assert.equal((await mina.say(one.conversation, 'Good morning')).type, 'ack');
    await one.say('Good morning to you');
    mina.send({ type: 'close', conversation: one.conversation });
    await one.handoff('closed');
  }
  const total = await until(async () => {
    const got = (await report(server, admin, range)).total;
    return got.agent.answered === 2 && got;
  }, 'both requests count as answered');
  assert.equal(total.inquiries, 3, 'what the visitors answered to mina is the matter that she took up');
  assert.equal(total.agent.count, 2);
  assert.equal(total.agent.unanswered, 0);
  await mina.gone(other.conversation);
  await Promise.all([visitor, other, mina].map((one) => one.close()));
});
