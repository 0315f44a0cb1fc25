// Garbage gets the documented error, the connection stays, and the server goes on.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Agent } from './lib/agent.mjs';
import { Server } from './lib/server.mjs';
import { Socket } from './lib/socket.mjs';
import { Visitor } from './lib/visitor.mjs';

const question = 'How long does delivery take?';
const codes = new Set(['bad_json', 'bad_frame', 'unknown_type', 'too_long', 'rate_limited', 'not_found', 'forbidden', 'conflict', 'unavailable']);

const notJson = [
  ['an empty frame', ''],
  ['a blank frame', '   '],
  ['plain text', 'hello'],
  ['an unfinished object', '{"type":"message"'],
  ['a trailing comma', '{"type":"typing","on":true,}'],
  ['single quotes', "{'type':'typing','on':true}"],
  ['two documents', '{"type":"typing","on":true}{"type":"typing","on":true}'],
  ['NaN', '{"type":"read","seq":NaN}'],
  ['a comment', '{"type":"typing","on":true/* */}'],
  ['a raw line break in a string', '{"type":"message","id":"a","text":"a\nb"}'],
  ['a raw NUL in a string', '{"type":"message","id":"a","text":"a\u0000b"}'],
  ['a lone surrogate', '{"type":"message","id":"a","text":"\\ud800"}'],
  ['a broken escape', '{"type":"message","id":"a","text":"\\x41"}'],
  ['a byte order mark', '\ufeff{"type":"typing","on":true}'],
  ['ten thousand nested arrays', `{"type":"typing","on":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
];

const notObjects = ['null', 'true', '17', '"message"', '[]', '[{"type":"typing","on":true}]', '['.repeat(10_000)];

const badVisitorFrames = [
  {},
  { type: null },
  { type: 7 },
  { type: ['message'] },
  { type: 'message' },
  { type: 'message', id: 'x1' },
  { type: 'message', text: 'no id' },
  { type: 'message', id: '', text: 'empty id' },
  { type: 'message', id: 7, text: 'id is a number' },
  { type: 'message', id: { a: 1 }, text: 'id is an object' },
  { type: 'message', id: 'x2', text: 7 },
  { type: 'message', id: 'x3', text: null },
  { type: 'message', id: 'x4', text: ['a'] },
  { type: 'message', id: 'x5', text: '' },
  { type: 'message', id: 'x6', text: 'a', choice: 'b' },
  { type: 'message', id: 'x7', choice: 7 },
  { type: 'message', id: 'x7b', choice: '' },
  { type: 'event' },
  { type: 'event', id: 'x8' },
  { type: 'event', id: 'x9', name: 'made_up' },
  { type: 'event', id: 'x10', name: 7 },
  { type: 'event', id: 'x11', name: 'purchase', value: 12 },
  { type: 'event', id: 'x12', name: 'purchase', value: { amount: 1.5, currency: 'KRW' } },
  { type: 'event', id: 'x13', name: 'purchase', value: { amount: '12', currency: 'KRW' } },
  { type: 'event', id: 'x14', name: 'purchase', value: { amount: 12 } },
  { type: 'event', id: 'x15', name: 'product_view', product: 9 },
  { type: 'history' },
  { type: 'history', before: 'ten' },
  { type: 'history', before: 1.5 },
  { type: 'history', before: -1 },
  { type: 'history', before: 10, limit: 'x' },
  { type: 'history', before: 10, limit: -1 },
  { type: 'history', before: 1e300 },
  { type: 'typing' },
  { type: 'typing', on: 'yes' },
  { type: 'read' },
  { type: 'read', seq: -1 },
  { type: 'read', seq: '1' },
  { type: 'survey' },
  { type: 'survey', survey: 's' },
  { type: 'survey', survey: 's', score: 'high' },
  { type: 'survey', survey: 7, score: 5 },
];

describe('garbage', { concurrency: false }, () => {
  let server;
  let person;
  before(async () => {
    server = await Server.start();
  });
  after(() => server.dispose());
  const staff = async () => (person ??= await server.addUser('mina'));

  const stillServes = async () => {
    const visitor = await Visitor.open(server, {});
    await visitor.ask(question);
    await visitor.close();
  };

  const wellFormed = (error, code) => {
    assert.equal(error.type, 'error');
    assert.ok(codes.has(error.code), `code ${error.code}`);
    assert.ok(typeof error.message === 'string' && error.message.length > 0);
    if (code) assert.equal(error.code, code, JSON.stringify(error));
  };

  for (const who of ['visitor', 'agent']) {
    describe(`on the ${who}'s socket`, { concurrency: false }, () => {
      let client;
      before(async () => {
        client = who === 'visitor' ? await Visitor.open(server, {}) : await Agent.open(server, await staff());
      });
      after(() => client.close());
      const refuse = (frame) => client.socket.ask(frame, 'error', { what: `an error for ${JSON.stringify(frame).slice(0, 80)}` });
      const alive = async () => {
        if (who === 'visitor') await client.ask(question);
        else await client.presence('online');
      };

      test('what is not JSON is bad_json', async () => {
        for (const [, bytes] of notJson) wellFormed(await refuse(bytes), 'bad_json');
        await alive();
      });

      test('JSON that is no object is bad_frame', async () => {
        for (const bytes of notObjects) wellFormed(await refuse(bytes), 'bad_frame');
        await alive();
      });

      test('an unknown type is unknown_type and keeps the id', async () => {
        const error = await refuse({ type: 'no such thing', id: 'the-id' });
        wellFormed(error, 'unknown_type');
        assert.equal(error.id, 'the-id');
        assert.equal((await refuse({ type: 'no such thing', id: 7 })).id, 7, 'a number is no id, but it tells which frame it was');
        wellFormed(await refuse({ type: '' }), 'unknown_type');
        wellFormed(await refuse({ type: 'x'.repeat(10_000) }), 'unknown_type');
        wellFormed(await refuse({ type: 'welcome' }), 'unknown_type');
        await alive();
      });

      test('a binary frame is refused', async () => {
        const before = client.socket.mark();
        client.socket.send(Buffer.from([0, 1, 2, 3, 255]));
        const got = await client.socket.signal.wait(
          () => client.socket.closed ?? client.socket.frames.slice(before).find((f) => f.type === 'error'),
          'an error or a close',
        );
        if (got.type === 'error') wellFormed(got, 'bad_frame');
        else {
          assert.equal(got.code, 1003);
          await (who === 'visitor' ? client.open() : client.connect());
        }
        await alive();
      });

      test('a frame’s members that are not known are ignored', async () => {
        if (who === 'visitor') await client.socket.ask({ type: 'message', id: 'with-more', text: question, more: { a: [1] } }, (f) => f.type === 'ack' && f.id === 'with-more');
        else await client.socket.ask({ type: 'presence', status: 'online', more: { a: [1] } }, 'presence');
      });

      test('invalid UTF-8 closes with 1007', async () => {
        for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]]) {
          const socket = who === 'visitor' ? (await Visitor.open(server, {})).socket : (await Agent.open(server, person)).socket;
          const text = Buffer.concat([Buffer.from('{"type":"message","id":"u","text":"'), Buffer.from(bytes), Buffer.from('"}')]);
          socket.ws.send(text, { binary: false });
          const { code } = await socket.waitClosed();
          assert.equal(code, 1007, `for ${Buffer.from(bytes).toString('hex')}`);
        }
        await stillServes();
      });

      test('a frame over 64 KiB closes with 1009', async () => {
        for (const size of [65_537, 1_000_000]) {
          const socket = who === 'visitor' ? (await Visitor.open(server, {})).socket : (await Agent.open(server, person)).socket;
          socket.send('x'.repeat(size));
          assert.equal((await socket.waitClosed()).code, 1009, `${size} bytes`);
        }
        await stillServes();
      });

      test('a frame of exactly 64 KiB is read', async () => {
        const padding = 65_536 - JSON.stringify({ type: 'typing', on: true, more: '' }).length;
        const from = client.socket.mark();
        if (who === 'visitor') client.socket.send(JSON.stringify({ type: 'typing', on: true, more: 'x'.repeat(padding) }));
        await alive();
        assert.deepEqual(client.socket.frames.slice(from).filter((f) => f.type === 'error'), []);
      });
    });
  }

  test('a frame before hello is refused, and hello works after it', async () => {
    const socket = await new Socket(`${server.ws}/ws/visitor`).ready();
    const error = await socket.ask({ type: 'message', id: 'early', text: question }, 'error');
    wellFormed(error);
    assert.equal(error.id, 'early');
    await socket.ask({ type: 'hello' }, 'welcome');
    await socket.close();
  });

  test('hello with wrong types is bad_frame, and the client may try again', async () => {
    const socket = await new Socket(`${server.ws}/ws/visitor`).ready();
    for (const wrong of [
      { token: 7 }, { conversation: {} }, { after: 'x', token: 'a', conversation: 'b' }, { after: -1, token: 'a', conversation: 'b' },
      { locale: 7 }, { site: [] }, { page: 'x' }, { page: { url: 7 } }, { identity: 'me' }, { identity: { id: 7 } },
    ])
      wellFormed(await socket.ask({ type: 'hello', ...wrong }, 'error', { what: JSON.stringify(wrong) }), 'bad_frame');
    await socket.ask({ type: 'hello' }, 'welcome');
    await socket.close();
  });

  test('frames of the wrong shape are bad_frame and name the field', async () => {
    const visitor = await Visitor.open(server, {});
    for (const frame of badVisitorFrames) {
      const error = await visitor.socket.ask(frame, 'error', { what: `an error for ${JSON.stringify(frame)}` });
      wellFormed(error, 'bad_frame');
      if (typeof frame.id === 'string' && frame.id !== '') assert.equal(error.id, frame.id);
    }
    await visitor.ask(question);
    const whole = await visitor.wholeHistory();
    assert.equal(whole.filter((m) => m.from.role === 'visitor').length, 1, 'nothing of it was stored');
    await visitor.close();
  });

  test('too long a text is too_long, counted in code points', async () => {
    const visitor = await Visitor.open(server, {});
    for (const [i, text] of ['x'.repeat(4001), '가'.repeat(4001), '😀'.repeat(4001)].entries()) {
      const error = await visitor.socket.ask({ type: 'message', id: `long-${i}`, text }, 'error');
      wellFormed(error, 'too_long');
      assert.equal(error.id, `long-${i}`);
    }
    wellFormed(await visitor.socket.ask({ type: 'message', id: 'i'.repeat(5000), text: 'x' }, 'error'));
    await visitor.say('x'.repeat(4000));
    await visitor.close();
  });

  test('many hostile texts are answered and harm nobody', async () => {
    const visitor = await Visitor.open(server, {});
    const texts = [
      'a'.repeat(4000), ' '.repeat(3999) + 'x', '\u200b'.repeat(4000), '\u0301'.repeat(4000), '\u202e'.repeat(4000),
      'ㅋ'.repeat(4000), '((((('.repeat(800), '%s%n%x'.repeat(600), "'; DROP TABLE messages; --", '{{7*7}} ${7*7} <script>alert(1)</script>',
      '1'.repeat(4000), '9'.repeat(400) + '원 이하', '-'.repeat(4000), '👩‍👩‍👧‍👦'.repeat(500), 'ab '.repeat(1333), '\n'.repeat(3999) + 'x',
    ];
    for (const text of texts) {
      const ack = await visitor.say(text);
      await visitor.answered(ack.seq);
    }
    assert.deepEqual(visitor.log.problems, []);
    await visitor.close();
    await stillServes();
  });

  test('an agent’s frames of the wrong shape', async () => {
    const agent = await Agent.open(server, await staff());
    const nowhere = 'zzzzzzzzzzzzz';
    const bad = [
      { type: 'presence' }, { type: 'presence', status: 'asleep' }, { type: 'presence', status: 7 },
      { type: 'open' }, { type: 'open', conversation: 7 }, { type: 'accept' }, { type: 'leave' },
      { type: 'message', conversation: nowhere, text: 'no id' }, { type: 'message', conversation: nowhere, id: 'b1' },
      { type: 'message', conversation: nowhere, id: 'b2', text: 7 }, { type: 'message', conversation: nowhere, id: 'b3', text: 'x', products: 'y' },
      { type: 'message', conversation: nowhere, id: 'b4', text: 'x', epoch: 'y' },
      { type: 'note', conversation: nowhere, id: 'b5' }, { type: 'typing', conversation: nowhere }, { type: 'transfer', conversation: nowhere },
      { type: 'transfer', conversation: nowhere, to: {} }, { type: 'transfer', conversation: nowhere, to: { agent: 'a', team: 'b' } },
      { type: 'transfer', conversation: nowhere, to: { bot: 'yes' } }, { type: 'label', conversation: nowhere, add: 7 }, { type: 'label', conversation: nowhere, add: [['x']] },
      { type: 'message', conversation: nowhere, id: 'b6', text: 'x', products: [{ title: 'no id' }] },
      { type: 'read', conversation: nowhere }, { type: 'close' },
    ];
    for (const frame of bad) {
      const error = await agent.socket.ask(frame, 'error', { what: `an error for ${JSON.stringify(frame)}` });
      wellFormed(error, 'bad_frame');
      if (frame.id) assert.equal(error.id, frame.id);
    }
    for (const frame of [
      { type: 'open', conversation: nowhere }, { type: 'accept', conversation: nowhere }, { type: 'close', conversation: nowhere },
      { type: 'message', conversation: nowhere, id: 'n1', text: 'x' }, { type: 'note', conversation: nowhere, id: 'n2', text: 'x' },
      { type: 'transfer', conversation: nowhere, to: { bot: true } }, { type: 'label', conversation: nowhere, add: ['x'] },
      { type: 'open', conversation: '' }, { type: 'open', conversation: '../../etc/passwd' }, { type: 'open', conversation: "' OR 1=1" },
    ]) {
      const error = await agent.socket.ask(frame, 'error', { what: `an error for ${JSON.stringify(frame)}` });
      wellFormed(error);
      assert.ok(error.code === 'not_found' || (error.code === 'bad_frame' && frame.conversation === ''), JSON.stringify([frame, error]));
    }
    await agent.presence('online');
    await agent.close();
  });
});
