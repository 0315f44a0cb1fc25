// Limits: who asks too much is told or cut, and everybody else never notices.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';

import { call, metric, raw, statuses } from './lib/http.mjs';
import { Server } from './lib/server.mjs';
import { Socket } from './lib/socket.mjs';
import { Visitor } from './lib/visitor.mjs';
import { deep, patience, slow, until } from './lib/wait.mjs';

const question = 'How long does delivery take?';
const url = (server) => `${server.ws}/ws/visitor`;
const rss = (pid) => Number(/VmRSS:\s+(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;

async function refusedWith(server, options = {}) {
  const socket = new Socket(url(server), options);
  await socket.signal.wait(() => socket.refused || socket.open || socket.closed, 'an answer to the handshake');
  socket.drop();
  return socket.refused?.status;
}

test('rates: rate_limited, then 1008, and the others go on', async (t) => {
  const server = await Server.start({ set: { 'limits.rate': undefined } });
  t.after(() => server.dispose());
  const calm = await Visitor.open(server, { name: 'calm' });
  const { socket } = await Visitor.open(server, { name: 'wild' });
  const flood = setInterval(() => {
    for (let i = 0; i < 50 && socket.open; ++i) socket.send({ type: 'typing', on: true });
  }, 5);
  t.after(() => clearInterval(flood));
  const error = await socket.wait('error');
  assert.equal(error.code, 'rate_limited');
  assert.equal((await socket.waitClosed()).code, 1008);
  clearInterval(flood);
  await calm.ask(question);
  await calm.close();
});

test('many logins: a delay, not an answer', async (t) => {
  const server = await Server.start({ set: { 'limits.rate': undefined } });
  t.after(() => server.dispose());
  const person = await server.addUser('mina');
  const got = [];
  for (let i = 0; i < 12 && !got.includes(429); ++i)
    got.push((await call(server, 'POST', '/api/v1/login', { body: { user: 'mina', password: `guess ${i}` } })).status);
  assert.ok(got.includes(429), `guessing is slowed down: ${got}`);
  const held = await call(server, 'POST', '/api/v1/login', { body: { user: 'mina', password: person.password } });
  assert.equal(held.status, 429, 'the right password waits as well');
  assert.ok(Number(held.headers.get('retry-after')) > 0);
  assert.match(held.headers.get('content-type'), /problem\+json/);
});

// Lifting the rates lifts the limit per address as well: here it stays.
const limited = { 'limits.rate': undefined };

test('connections per address: as many as the limit says, then 429', async (t) => {
  const server = await Server.start({ set: { ...limited, 'limits.connections_per_address': 6 } });
  t.after(() => server.dispose());
  const visitors = [];
  let status;
  while (visitors.length < 20 && status === undefined) {
    const socket = new Socket(url(server));
    await socket.signal.wait(() => socket.refused || socket.open || socket.closed, 'an answer to the handshake');
    status = socket.refused?.status;
    if (status === undefined) visitors.push(socket);
  }
  assert.equal(status, 429);
  assert.equal(visitors.length, 6);
  await visitors[0].ask({ type: 'hello' }, 'welcome');
  for (const socket of visitors) socket.drop();
  await until(async () => (await refusedWith(server)) === undefined, 'there is room again');
});

test('connections in all: beyond the limit 503, and who is in stays', async (t) => {
  const server = await Server.start({ set: { 'limits.connections': 8 } });
  t.after(() => server.dispose());
  const visitor = await Visitor.open(server, {});
  const idle = [];
  let refused = '';
  for (let i = 0; i < 30 && !refused; ++i) {
    const socket = new Socket(url(server));
    await socket.signal.wait(() => socket.refused || socket.open || socket.closed, 'an answer to the handshake');
    if (socket.open) idle.push(socket);
    else refused = socket.refused?.status ?? 'closed';
  }
  assert.ok(refused === 503 || refused === 'closed', `refused with ${refused}`);
  assert.ok(idle.length <= 7, `${idle.length} beside the first`);
  await visitor.ask(question);
  for (const socket of idle) socket.drop();
  await until(async () => (await refusedWith(server)) === undefined, 'there is room again');
  await visitor.close();
});

test('a forwarded address counts only from a trusted proxy', async (t) => {
  const from = (address) => ({ headers: { 'x-forwarded-for': address } });
  const trusting = await Server.start({ set: { ...limited, 'limits.connections_per_address': 2, trusted_proxies: '[127.0.0.1/32]' } });
  t.after(() => trusting.dispose());
  const kept = [];
  for (const address of ['198.51.100.1', '198.51.100.1', '198.51.100.2']) kept.push(await new Socket(url(trusting), from(address)).ready());
  assert.equal(await refusedWith(trusting, from('198.51.100.1')), 429);
  assert.equal(await refusedWith(trusting, from('203.0.113.9, 198.51.100.1')), 429, 'the last hop is the one the proxy saw');
  assert.equal(await refusedWith(trusting, from('198.51.100.3')), undefined);
  for (const socket of kept) socket.drop();

  const wary = await Server.start({ set: { ...limited, 'limits.connections_per_address': 2 } });
  t.after(() => wary.dispose());
  const two = [await new Socket(url(wary), from('198.51.100.1')).ready(), await new Socket(url(wary), from('198.51.100.2')).ready()];
  const third = await refusedWith(wary, from('198.51.100.3'));
  assert.equal(third, 429);
  for (const socket of two) socket.drop();
});

test('who asks for much and reads nothing is cut, and memory does not grow', async (t) => {
  const server = await Server.start();
  t.after(() => server.dispose());
  const visitor = await Visitor.open(server, {});
  for (let i = 0; i < 60; ++i) await visitor.say(`${question} ${'가'.repeat(3900)}`);
  const before = rss(server.pid);
  const slow = await visitor.tab('slow');
  slow.socket.ws._socket.pause();
  // Each page weighs over half a megabyte; a few hundred of them would fill a quarter of a gigabyte.
  for (let i = 0; i < 400; ++i) slow.socket.send({ type: 'history', before: 100_000, limit: 200 });
  let most = 0;
  await until(
    async () => {
      most = Math.max(most, rss(server.pid));
      return (await metric(server, 'maru_clients_dropped_total')) > 0;
    },
    'the slow client is cut',
    45_000,
  );
  assert.ok(most - before < 96 * 1024 * 1024, `memory grew by ${((most - before) / 1048576).toFixed(1)} MiB`);
  slow.drop();
  // It lost nothing: it resumes by seq.
  const back = await visitor.tab('back');
  await visitor.ask(question);
  await back.caughtUp(visitor.log.last);
  assert.deepEqual(back.log.problems, []);
  await Promise.all([visitor.close(), back.close()]);
});

// UBSan looks at an object through a pipe: without descriptors it takes every one for a broken one and aborts.
const sanitized = slow > 1 ? 'a sanitizer needs file descriptors of its own' : false;
test('out of file descriptors: who is in stays, and when there is room others come in', { skip: sanitized }, async (t) => {
  const server = await Server.start({ wrap: ['prlimit', '--nofile=96:96'] });
  t.after(() => server.dispose());
  const visitor = await Visitor.open(server, {});
  const idle = Array.from({ length: 150 }, () => net.connect(server.port, '127.0.0.1').on('error', () => {}));
  await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve).once('error', resolve))));
  for (let i = 0; i < 3; ++i) await visitor.ask(question);
  for (const socket of idle) socket.destroy();
  const other = await until(async () => {
    const next = await Visitor.open(server, { name: 'other' });
    return next;
  }, 'the acceptor is alive', 20_000);
  await other.ask(question);
  await Promise.all([visitor.close(), other.close()]);
});

test('handshakes that break off do no harm', async (t) => {
  const server = await Server.start();
  t.after(() => server.dispose());
  const handshake = 'GET /ws/visitor HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
  for (let i = 0; i < 200; ++i) {
    const socket = net.connect(server.port, '127.0.0.1').on('error', () => {});
    socket.once('connect', () => {
      socket.write(handshake.slice(0, (i * 7) % (handshake.length + 1)));
      if (i % 3 === 0) socket.resetAndDestroy();
      else if (i % 3 === 1) socket.destroy();
      else socket.end();
    });
  }
  const visitor = await Visitor.open(server, {});
  await visitor.ask(question);
  await visitor.close();
});

test('who never finishes a request, or never says hello, is cut', { skip: deep ? false : 'takes half a minute; MARU_DEEP=1 runs it', timeout: patience(120_000) }, async (t) => {
  const server = await Server.start();
  t.after(() => server.dispose());
  const slow = raw(server, 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ', { ms: 40_000 });
  const silent = raw(server, '', { ms: 40_000 });
  const mute = await new Socket(url(server)).ready();
  const [request, nothing, closed] = await Promise.all([slow, silent, mute.waitClosed(40_000)]);
  assert.ok(request.closed);
  for (const status of statuses(request.text)) assert.equal(status, 408);
  assert.ok(nothing.closed);
  assert.equal(closed.code, 1008);
});
