// HTTP: log-in, reports, health, pages, and requests no honest client would send.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';

import { Agent } from './lib/agent.mjs';
import { call, login, raw, statuses } from './lib/http.mjs';
import { Server, maru } from './lib/server.mjs';
import { Socket } from './lib/socket.mjs';
import { Visitor } from './lib/visitor.mjs';
import { until } from './lib/wait.mjs';

const question = 'How long does delivery take?';

describe('http', { concurrency: false }, () => {
  let server;
  before(async () => {
    server = await Server.start();
    await server.addUser('mina', { team: 'sales' });
    await server.addUser('boss', { role: 'admin' });
  });
  after(() => server.dispose());

  const problem = (answer, status) => {
    assert.equal(answer.status, status, answer.text);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(answer.json.status, status);
    assert.equal(typeof answer.json.title, 'string');
  };

  test('health, readiness and metrics', async () => {
    const health = await call(server, 'GET', '/healthz');
    assert.equal(health.status, 200);
    const ready = await call(server, 'GET', '/readyz');
    assert.equal(ready.status, 200, ready.text);
    assert.ok(ready.json);
    const visitor = await Visitor.open(server, {});
    await visitor.ask(question);
    const metrics = await call(server, 'GET', '/metrics');
    assert.equal(metrics.status, 200);
    assert.match(metrics.headers.get('content-type'), /^text\/plain/);
    const names = new Set();
    for (const line of metrics.text.split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      assert.match(line, /^[a-zA-Z_:][a-zA-Z0-9_:]*(\{[^}]*\})? [-+0-9.eEInfNa]+( \d+)?$/, line);
      names.add(/^[a-zA-Z0-9_:]+/.exec(line)[0]);
    }
    for (const part of ['connection', 'message', 'turn', 'queue', 'commit', 'first_response'])
      assert.ok([...names].some((name) => name.includes(part)), `a metric about ${part}: ${[...names].join(' ')}`);
    assert.ok([...names].some((name) => name.endsWith('_bucket')), 'a latency histogram');
    assert.ok(!metrics.text.includes('delivery take'), 'no message texts');
    await visitor.close();
  });

  test('HEAD is GET without the body', async () => {
    const answer = await raw(server, 'HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    assert.deepEqual(statuses(answer.text), [200]);
    assert.equal(answer.text.split('\r\n\r\n')[1], '');
  });

  test('log in, who am I, log out', async () => {
    const answer = await call(server, 'POST', '/api/v1/login', { body: { user: 'mina', password: server.people.get('mina').password } });
    assert.equal(answer.status, 200, answer.text);
    const [cookie] = answer.headers.getSetCookie();
    assert.match(cookie, /HttpOnly/i);
    assert.match(cookie, /SameSite=Strict/i);
    assert.doesNotMatch(cookie, /Secure/i, 'not over plain http');
    const session = cookie.split(';')[0];
    const me = await call(server, 'GET', '/api/v1/me', { cookie: session });
    assert.equal(me.status, 200);
    assert.ok(me.text.includes('mina') && me.text.includes('agent'));
    assert.ok(!/argon2|hash/i.test(me.text));
    const out = await call(server, 'POST', '/api/v1/logout', { cookie: session, body: {} });
    assert.ok(out.status < 300, out.text);
    problem(await call(server, 'GET', '/api/v1/me', { cookie: session }), 401);
  });

  test('a log-out closes the agent’s socket', async () => {
    const agent = await Agent.open(server, server.people.get('mina'));
    await call(server, 'POST', '/api/v1/logout', { cookie: agent.cookie, body: {} });
    const { code } = await agent.socket.waitClosed();
    assert.equal(code, 1008);
  });

  test('wrong log-ins are refused without saying why', async () => {
    const texts = [];
    for (const body of [{ user: 'mina', password: 'wrong' }, { user: 'nobody', password: 'wrong' }]) {
      const answer = await call(server, 'POST', '/api/v1/login', { body });
      problem(answer, 401);
      texts.push(answer.json.detail ?? answer.json.title);
      assert.equal(answer.headers.getSetCookie().length, 0);
    }
    assert.equal(texts[0], texts[1]);
    for (const body of [{}, { user: 'mina' }, { user: 7, password: 'x' }, { user: 'mina', password: null }, [], 'null', '{', '"x"', '{"user":'])
      problem(await call(server, 'POST', '/api/v1/login', { body }), 400);
    // The honest one still gets in.
    await login(server, server.people.get('mina'));
  });

  test('a login page cannot be posted from another site', async () => {
    const { password } = server.people.get('mina');
    const foreign = await call(server, 'POST', '/api/v1/login', { body: { user: 'mina', password }, headers: { origin: 'https://evil.example' } });
    problem(foreign, 403);
    const form = await call(server, 'POST', '/api/v1/login', { body: `user=mina&password=${password}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    problem(form, 415);
  });

  test('a one-time password must be changed first', async () => {
    const { code, stdout, stderr } = await server.cli(['user', 'add', 'newcomer', '--role', 'agent']);
    assert.equal(code, 0, stderr);
    const password = stdout.trim().split(/\s+/).at(-1);
    assert.ok(password, stdout);
    const cookie = await login(server, { name: 'newcomer', password });
    const closed = await call(server, 'GET', '/api/v1/conversations', { cookie });
    problem(closed, 403);
    const socket = new Socket(`${server.ws}/ws/agent`, { headers: { cookie } });
    await assert.rejects(socket.ready());
    assert.equal(socket.refused.status, 403);
    problem(await call(server, 'POST', '/api/v1/password', { cookie, body: { old: 'wrong', new: 'a much better password' } }), 403);
    const changed = await call(server, 'POST', '/api/v1/password', { cookie, body: { old: password, new: 'a much better password' } });
    assert.ok(changed.status < 300, changed.text);
    const again = await login(server, { name: 'newcomer', password: 'a much better password' });
    assert.equal((await call(server, 'GET', '/api/v1/conversations', { cookie: again })).status, 200);
    await assert.rejects(login(server, { name: 'newcomer', password }));
  });

  test('user add says what is wrong', async () => {
    for (const args of [['user', 'add', 'mina', '--role', 'agent', '--password-stdin'], ['user', 'add', 'x', '--role', 'king', '--password-stdin'], ['user', 'add', '--role', 'agent']]) {
      const { code, stderr } = await server.cli(args, { input: 'some long password\n' });
      assert.notEqual(code, 0, args.join(' '));
      assert.ok(stderr.length > 0, args.join(' '));
    }
  });

  test('what is for staff is closed to others, what is for admins to agents', async () => {
    const agent = await login(server, server.people.get('mina'));
    const admin = await login(server, server.people.get('boss'));
    for (const path of ['/api/v1/me', '/api/v1/conversations', '/api/v1/conversations/zzzzzzzzzzzzz', '/api/v1/reports/response-times', '/api/v1/catalog/search?q=mouse'])
      problem(await call(server, 'GET', path), 401);
    problem(await call(server, 'GET', '/api/v1/reports/response-times', { cookie: agent }), 403);
    assert.equal((await call(server, 'GET', '/api/v1/reports/response-times', { cookie: admin })).status, 200);
    assert.equal((await call(server, 'GET', '/api/v1/conversations', { cookie: agent })).status, 200);
    assert.equal((await call(server, 'GET', '/api/v1/catalog/search?q=mouse', { cookie: agent })).status, 200);
    problem(await call(server, 'GET', '/api/v1/conversations/zzzzzzzzzzzzz', { cookie: agent }), 404);
    problem(await call(server, 'GET', '/api/v1/conversations/zzzzzzzzzzzzz/transcript', { cookie: agent }), 404);
  });

  test('conversations are listed, filtered and paged', async () => {
    const cookie = await login(server, server.people.get('mina'));
    const made = [];
    for (let i = 0; i < 4; ++i) {
      const visitor = await Visitor.open(server, {});
      await visitor.ask(`${question} pageable${i}\n[2001-01-01T00:00:00.000Z] agent mina: not said`);
      made.push(visitor.conversation);
      await visitor.close();
    }
    const list = (answer) => answer.json.items ?? answer.json.conversations ?? answer.json.rows;
    const idOf = (item) => item.conversation;
    const seen = [];
    let path = '/api/v1/conversations?limit=2';
    for (let page = 0; path && page < 50; ++page) {
      const answer = await call(server, 'GET', path, { cookie });
      assert.equal(answer.status, 200, answer.text);
      assert.ok(Array.isArray(list(answer)), answer.text.slice(0, 300));
      seen.push(...list(answer).map(idOf));
      const { cursor } = answer.json;
      path = cursor ? `/api/v1/conversations?limit=2&cursor=${encodeURIComponent(cursor)}` : undefined;
    }
    assert.equal(new Set(seen).size, seen.length, 'no conversation on two pages');
    for (const id of made) assert.ok(seen.includes(id));
    const found = await call(server, 'GET', '/api/v1/conversations?q=pageable2', { cookie });
    assert.deepEqual(list(found).map(idOf), [made[2]]);
    const none = await call(server, 'GET', '/api/v1/conversations?to=2001-01-01', { cookie });
    assert.deepEqual(list(none), []);
    problem(await call(server, 'GET', '/api/v1/conversations?from=yesterday', { cookie }), 400);
    problem(await call(server, 'GET', '/api/v1/conversations?cursor=%00', { cookie }), 400);
    const text = await call(server, 'GET', `/api/v1/conversations/${made[0]}/transcript?format=txt`, { cookie });
    assert.match(text.headers.get('content-type'), /^text\/plain/);
    assert.ok(text.text.includes('pageable0\n    [2001'), 'a line of its own is no message of its own');
    problem(await call(server, 'GET', `/api/v1/conversations/${made[0]}/transcript?format=doc`, { cookie }), 400);
  });

  test('conversations are found by everybody who wrote in them and by the days they went on', async () => {
    const mina = await Agent.open(server, server.people.get('mina'));
    const visitor = await Visitor.open(server, {});
    await visitor.say('I want to talk to a person');
    await mina.waiting(visitor.conversation);
    await mina.accept(visitor.conversation);
    await mina.say(visitor.conversation, 'hello');
    const boss = await Agent.open(server, server.people.get('boss'));
    mina.send({ type: 'transfer', conversation: visitor.conversation, to: { agent: 'boss' } });
    await mina.owner(visitor.conversation, 'boss');
    await boss.close();
    for (const name of ['mina', 'boss'])
      await until(async () => (await mina.get(`/api/v1/conversations?agent=${name}`)).json.conversations.some((one) => one.conversation === visitor.conversation), `found by ${name}`);
    const began = Date.now();
    await visitor.say('anything new?');
    const since = await mina.get(`/api/v1/conversations?from=${new Date(began).toISOString()}`);
    assert.ok(since.json.conversations.some((one) => one.conversation === visitor.conversation), 'begun before, written in since');
    await Promise.all([visitor.close(), mina.close()]);
  });

  test('a conversation belongs to the site whose page it began on', async () => {
    const cookie = await login(server, server.people.get('mina'));
    for (const [origin, site] of [['https://other.example', 'other'], ['https://shop.example', 'demo'], [server.url, 'demo'], [undefined, 'demo']]) {
      const socket = await new Socket(`${server.ws}/ws/visitor`, { headers: origin ? { origin } : {} }).ready();
      const welcome = await socket.ask({ type: 'hello' }, 'welcome');
      const { json } = await call(server, 'GET', `/api/v1/conversations/${welcome.conversation}`, { cookie });
      assert.equal(json.site, site, origin);
      await socket.close();
    }
  });

  test('a password that is easily guessed is refused, on the command line too', async () => {
    const { code, stderr } = await server.cli(['user', 'add', 'shorty', '--role', 'agent', '--password-stdin'], { input: 'secret\n' });
    assert.notEqual(code, 0);
    assert.match(stderr, /shorter than 8/);
    assert.notEqual((await server.cli(['user', 'add', 'nopass', '--role', 'agent', '--password-stdin'], { input: '\n' })).code, 0);
  });

  test('unknown paths, methods and bodies', async () => {
    problem(await call(server, 'GET', '/api/v1/no-such-call'), 404);
    problem(await call(server, 'GET', '/no/such/page'), 404);
    const wrong = await call(server, 'DELETE', '/healthz');
    problem(wrong, 405);
    assert.match(wrong.headers.get('allow'), /GET/);
    const cookie = await login(server, server.people.get('boss'));
    problem(await call(server, 'POST', '/api/v1/password', { cookie, body: 'not json' }), 400);
    problem(await call(server, 'POST', '/api/v1/password', { cookie, body: `{"old":"${'x'.repeat(2_000_000)}"}` }), 413);
    problem(await call(server, 'POST', '/api/v1/password', { cookie, body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) }), 400);
    problem(await call(server, 'POST', '/api/v1/password', { cookie, body: '['.repeat(100_000) }), 400);
  });

  test('who is still sending when the refusal comes gets to read it', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = net.connect(Number(port), hostname);
    let answer = '';
    let failure;
    socket.on('data', (bytes) => (answer += bytes));
    socket.on('error', (error) => (failure = error));
    const closed = once(socket, 'close');
    socket.write(`POST /api/v1/login HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: 6000000\r\n\r\n`);
    // A client that sends first and reads afterwards.
    const piece = 'x'.repeat(100_000);
    for (let sent = 0; sent < 6_000_000 && !failure; sent += piece.length) {
      if (!socket.write(piece) && !failure) await Promise.race([once(socket, 'drain'), closed]);
    }
    socket.end();
    await closed;
    assert.equal(failure, undefined);
    assert.match(answer, /^HTTP\/1\.1 413 /);
  });

  test('every answer carries the security headers', async () => {
    for (const path of ['/', '/console', '/widget.js', '/healthz', '/api/v1/me', '/no-such']) {
      const { headers } = await call(server, 'GET', path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.ok(headers.get('referrer-policy'), path);
      if ((headers.get('content-type') ?? '').startsWith('text/html')) {
        const csp = headers.get('content-security-policy');
        assert.match(csp, /default-src 'none'|default-src 'self'/, path);
        assert.doesNotMatch(/script-src[^;]*/.exec(csp)?.[0] ?? '', /unsafe-inline|unsafe-eval|\*/, path);
      }
    }
    const framing = await call(server, 'GET', '/console');
    assert.ok(/frame-ancestors/.test(framing.headers.get('content-security-policy') ?? '') || framing.headers.get('x-frame-options'), 'the console is in no frame');
  });

  test('a visitor’s origin must be one of a site’s', async () => {
    const url = `${server.ws}/ws/visitor`;
    const good = new Socket(url, { headers: { origin: 'https://shop.example' } });
    await good.ready();
    await good.ask({ type: 'hello', site: 'demo' }, 'welcome');
    await good.close();
    for (const origin of ['https://evil.example', 'https://shop.example.evil.example', 'http://shop.example', 'null', 'https://shop.example:444']) {
      const bad = new Socket(url, { headers: { origin } });
      await assert.rejects(bad.ready(), origin);
      assert.equal(bad.refused?.status, 403, origin);
    }
    const wrongSite = new Socket(url, { headers: { origin: 'https://other.example' } });
    await wrongSite.ready();
    const error = await wrongSite.ask({ type: 'hello', site: 'demo' }, 'error');
    assert.equal(error.code, 'forbidden');
    await wrongSite.close();
    const app = new Socket(url);
    await app.ready();
    await app.ask({ type: 'hello' }, 'welcome');
    await app.close();
  });

  describe('shapes of smuggling', { concurrency: false }, () => {
    const host = 'Host: a\r\n';
    const inner = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';
    const refused = [
      ['both lengths', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`],
      ['two content lengths', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Length: 0\r\nContent-Length: ${inner.length}\r\n\r\n${inner}`],
      ['a list of lengths', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Length: 0, ${inner.length}\r\n\r\n${inner}`],
      ['a signed length', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Length: +2\r\n\r\n{}`],
      ['a hex length', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Length: 0x2\r\n\r\n{}`],
      ['a huge length', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Length: 99999999999999999999\r\n\r\n{}`],
      ['a negative length', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n{}`],
      ['an odd transfer coding', `POST /api/v1/login HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${inner}`],
      ['chunked twice', `POST /api/v1/login HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${inner}`],
      ['a blank before the colon', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Length : 2\r\n\r\n{}`],
      ['a folded header', `GET /healthz HTTP/1.1\r\n${host}X-A: b\r\n c: d\r\n\r\n`],
      ['no host', 'GET /healthz HTTP/1.1\r\n\r\n'],
      ['two hosts', 'GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
      ['bare line feeds', 'GET /healthz HTTP/1.1\nHost: a\n\n'],
      ['a NUL in a header', `GET /healthz HTTP/1.1\r\n${host}X-A: b\0c\r\n\r\n`],
      ['a bad chunk size', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`],
      ['an endless chunk size', `POST /api/v1/login HTTP/1.1\r\n${host}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n`],
      ['a strange method', `G@T /healthz HTTP/1.1\r\n${host}\r\n`],
      ['a strange version', `GET /healthz HTTP/9.9\r\n${host}\r\n`],
      ['blanks in the target', `GET /health z HTTP/1.1\r\n${host}\r\n`],
      ['no version', `GET /healthz\r\n${host}\r\n`],
      ['TLS on the plain port', Buffer.from('16030100a5010000a10303', 'hex')],
      ['garbage', Buffer.from(Array.from({ length: 300 }, (_, i) => (i * 37 + 11) % 256))],
      ['a header too large', `GET /healthz HTTP/1.1\r\n${host}X-A: ${'b'.repeat(70_000)}\r\n\r\n`],
      ['too many headers', `GET /healthz HTTP/1.1\r\n${host}${'X-A: b\r\n'.repeat(10_000)}\r\n`],
      ['a target too long', `GET /${'a'.repeat(70_000)} HTTP/1.1\r\n${host}\r\n`],
    ];
    for (const [name, bytes] of refused) {
      test(name, async () => {
        const answer = await raw(server, bytes, { end: name === 'garbage' || name === 'TLS on the plain port' });
        const got = statuses(answer.text);
        assert.ok(answer.closed, 'the connection is closed');
        assert.ok(got.length <= 1, `one answer at most: ${answer.text.slice(0, 300)}`);
        for (const status of got) assert.ok(status >= 400 && status < 600, `${status}: ${answer.text.slice(0, 300)}`);
        if (typeof bytes === 'string') assert.equal(got.length, 1, 'says what it thinks of it');
        assert.equal((await call(server, 'GET', '/healthz')).status, 200);
      });
    }

    test('paths that climb', async () => {
      for (const path of ['/../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/widget.js/../../etc/passwd', '/..%5c..%5cetc', '/%00', '/%ff', '/%', '//evil.example/']) {
        const answer = await raw(server, `GET ${path} HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
        const [status] = statuses(answer.text);
        assert.ok(status >= 300 && status < 500, `${path}: ${status}`);
        assert.ok(!answer.text.includes('root:'), path);
        assert.doesNotMatch(answer.text, /location: \/\/evil/i);
      }
    });

    test('an upgrade that is none', async () => {
      const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
      for (const [name, bytes, want] of [
        ['no key', `GET /ws/visitor HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\r\n`, 400],
        ['an old version', `GET /ws/visitor HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`, 426],
        ['plain GET', `GET /ws/visitor HTTP/1.1\r\n${host}\r\n`, 426],
        ['POST', `POST /ws/visitor HTTP/1.1\r\n${host}${upgrade}Content-Length: 0\r\n\r\n`, 405],
        ['another path', `GET /ws/nothing HTTP/1.1\r\n${host}${upgrade}\r\n`, 404],
      ]) {
        const answer = await raw(server, bytes, { done: (text) => text.includes('\r\n\r\n') });
        const [status] = statuses(answer.text);
        assert.ok(status >= 400 && status < 500, `${name}: ${status}`);
        if (status !== want && status !== 400) assert.fail(`${name}: ${status}, expected ${want}`);
      }
    });

    test('WebSocket frames against the protocol close with 1002', async () => {
      const handshake = `GET /ws/visitor HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;
      for (const [name, bytes] of [
        ['not masked', [0x81, 0x02, 0x7b, 0x7d]],
        ['reserved bits', [0xf1, 0x80, 0, 0, 0, 0]],
        ['a reserved opcode', [0x83, 0x80, 0, 0, 0, 0]],
        ['a fragmented ping', [0x09, 0x80, 0, 0, 0, 0]],
        ['a long ping', [0x89, 0xfe, 0x00, 0xff, 0, 0, 0, 0]],
        ['a continuation of nothing', [0x80, 0x80, 0, 0, 0, 0]],
        ['an immense length', [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]],
      ]) {
        const answer = await raw(server, handshake, { then: Buffer.from(bytes) }).catch((error) => assert.fail(`${name}: ${error.message}`));
        assert.ok(answer.closed, name);
        const body = answer.bytes.subarray(answer.bytes.indexOf('\r\n\r\n') + 4);
        if (body.length >= 4) {
          assert.equal(body[0], 0x88, `${name}: a close frame`);
          assert.ok([1002, 1009, 1007].includes(body.readUInt16BE(2)), `${name}: ${body.readUInt16BE(2)}`);
        }
      }
      assert.equal((await call(server, 'GET', '/healthz')).status, 200);
    });

    test('pipelined requests are answered in order', async () => {
      const answer = await raw(server, `GET /healthz HTTP/1.1\r\n${host}\r\nGET /no-such HTTP/1.1\r\n${host}\r\nGET /healthz HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
      assert.deepEqual(statuses(answer.text), [200, 404, 200]);
    });
  });
});

test('a second server on the same data is refused', async () => {
  const server = await Server.start();
  try {
    const { code, stderr, stdout } = await maru(server.arguments());
    assert.notEqual(code, 0);
    assert.match(stderr + stdout, /data|lock|another|running/i);
    const visitor = await Visitor.open(server, {});
    await visitor.ask(question);
    await visitor.close();
  } finally {
    await server.dispose();
  }
});

test('a config with errors does not start, and check names the places', async () => {
  const { code, stdout, stderr } = await maru(['check', '/no/such/folder']);
  assert.equal(code, 1);
  assert.match(stdout + stderr, /no\/such\/folder/);
});

test('SIGTERM tells clients to come back, keeps what was acked and exits 0', async (t) => {
  const server = await Server.start();
  t.after(() => server.kill());
  await server.addUser('mina');
  const visitors = await Promise.all(Array.from({ length: 20 }, () => Visitor.open(server, {})));
  const agent = await Agent.open(server, server.people.get('mina'));
  const ids = visitors.map((visitor) => visitor.post(question));
  const began = Date.now();
  const { code } = await server.stop(10_000);
  assert.equal(code, 0, server.log.slice(-2000));
  assert.ok(Date.now() - began < 10_000);
  for (const each of [...visitors, agent]) {
    const closed = await each.socket.waitClosed();
    assert.ok([1001, 1012].includes(closed.code), `told to come back: ${closed.code}`);
  }
  await server.start();
  await Promise.all(
    visitors.map(async (visitor, i) => {
      await visitor.open();
      const ack = await visitor.acked(ids[i]);
      await visitor.answered(ack.seq);
      const whole = await visitor.wholeHistory();
      assert.equal(whole.filter((m) => m.text === question).length, 1);
      assert.deepEqual(visitor.log.problems, []);
      await visitor.close();
    }),
  );
  await server.dispose();
});

test('a port that is taken is said clearly', async () => {
  const server = await Server.start();
  try {
    const other = new Server({ listen: `127.0.0.1:${server.port}` });
    await assert.rejects(other.start(), /in use|taken|address|listen/i);
  } finally {
    await server.dispose();
  }
});

test('it listens on IPv6 as well', async (t) => {
  let server;
  try {
    server = await Server.start({ listen: '[::1]:0' });
  } catch (error) {
    if (/cannot assign|not available|EADDRNOTAVAIL|unsupported/i.test(error.message)) {
      t.skip('this machine has no IPv6');
      return;
    }
    throw error;
  }
  assert.match(server.url, /\[::1\]:\d+/);
  const visitor = await Visitor.open(server, {});
  await visitor.ask(question);
  await visitor.close();
  await server.dispose();
});
