// Feeds and patches over HTTP: whole or not at all, live at once, still there after a restart, and never in the
// way of a conversation.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, test } from 'node:test';

import { call, login } from './lib/http.mjs';
import { Server, temporary } from './lib/server.mjs';
import { Visitor } from './lib/visitor.mjs';
import { deep, eachOf, patience } from './lib/wait.mjs';

const row = (id, title, more = {}) =>
  JSON.stringify({ id, title, brand: 'Murmur', price: '29000 KRW', availability: 'in_stock', product_type: 'Home > Kettles', link: `/p/${id}`, ...more });

const feed = [row('kt-1', 'Glass kettle'), row('kt-2', 'Steel kettle', { price: '49000 KRW' }), row('kt-3', 'Travel kettle', { price: '19000 KRW' })].join('\n');

describe('catalog', { concurrency: false }, () => {
  let server;
  let admin;
  let agent;
  before(async () => {
    server = await Server.start();
    admin = await login(server, await server.addUser('boss', { role: 'admin' }));
    agent = await login(server, await server.addUser('mina', { team: 'sales' }));
  });
  after(() => server.dispose());

  const send = (path, body, { cookie = admin, type = 'application/x-ndjson' } = {}) =>
    call(server, 'POST', path, { body, cookie, headers: { 'content-type': type, origin: server.url } });
  const search = async (q) => {
    const { json, text, status } = await call(server, 'GET', `/api/v1/catalog/search?q=${encodeURIComponent(q)}`, { cookie: agent });
    assert.equal(status, 200, text);
    return json.products;
  };

  test('only admins may import or patch', async () => {
    for (const path of ['/api/v1/catalog/import', '/api/v1/catalog/patch']) {
      assert.equal((await send(path, feed, { cookie: '' })).status, 401);
      assert.equal((await send(path, feed, { cookie: agent })).status, 403);
    }
    assert.equal((await search('kettle')).filter((one) => one.id.startsWith('kt-')).length, 0);
  });

  test('a feed with too many faults is refused, its rows are named, and the old goods stay', async () => {
    const before = await search('mouse');
    assert.ok(before.length > 0);
    const bad = [row('kt-1', 'Glass kettle'), row('kt-2', 'Steel kettle', { price: 'a lot' }), '{"id":'].join('\n');
    const answer = await send('/api/v1/catalog/import', bad);
    assert.equal(answer.status, 422, answer.text);
    assert.deepEqual(answer.json.errors.map((one) => one.line), [2, 3]);
    assert.match(answer.json.errors[0].reason, /price/);
    assert.deepEqual(await search('mouse'), before);
  });

  test('wrong arguments are answered with what would be right', async () => {
    const format = await send('/api/v1/catalog/import?format=excel', feed);
    assert.equal(format.status, 400);
    assert.match(format.json.detail, /json_lines/);
    assert.equal((await send('/api/v1/catalog/import?max_bad_share=2', feed)).status, 400);
    assert.equal((await send('/api/v1/catalog/import', '')).status, 422);
  });

  test('a patch nothing of which can be read is a problem that names the rows', async () => {
    const answer = await send('/api/v1/catalog/patch', '{"id":"mouse-quiet","price":"a lot"}');
    assert.equal(answer.status, 422, answer.text);
    assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
    assert.equal(answer.json.status, 422);
    assert.ok(answer.json.title && answer.json.detail, answer.text);
    assert.equal(answer.json.patched, 0);
    assert.match(answer.json.errors[0].reason, /price/);
  });

  test('a feed needs no type, and a wrong one is told the right ones', async () => {
    for (const type of ['application/x-www-form-urlencoded', 'Text/CSV; charset=utf-8'])
      assert.equal((await send('/api/v1/catalog/import', '{', { type })).status, 422, type);
    const wrong = await send('/api/v1/catalog/import', feed, { type: 'image/png' });
    assert.equal(wrong.status, 415);
    assert.match(wrong.json.detail, /x-ndjson.*csv.*xml/);
    const bare = await fetch(`${server.url}/api/v1/catalog/import`, { method: 'POST', headers: { cookie: admin, origin: server.url }, body: new Uint8Array([123]) });
    assert.equal(bare.status, 422, await bare.text());
  });

  test('a list of products is read like lines of them', async () => {
    const rows = feed.trim().split('\n');
    const answer = await send('/api/v1/catalog/import', `[\n${rows.join(',\n')}\n]\n`, { type: 'application/json' });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.products, rows.length);
    assert.equal(answer.json.skipped, 0);
    const cut = await send('/api/v1/catalog/import', `[${rows.join(',')}`, { type: 'application/json' });
    assert.equal(cut.status, 422, cut.text);
    assert.match(cut.json.detail, /cut off/);
    assert.deepEqual((await search('kettle')).map((one) => one.id).sort(), ['kt-1', 'kt-2', 'kt-3']);
  });

  test('an allowed share of faults comes in without the bad rows', async () => {
    const answer = await send('/api/v1/catalog/import?max_bad_share=0.5', `${feed}\n{"id":"kt-4","title":"No price"}\n`);
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.status, 'imported');
    assert.equal(answer.json.products, 3);
    assert.equal(answer.json.skipped, 1);
    assert.equal(answer.json.errors[0].line, 4);
    assert.deepEqual((await search('kettle')).map((one) => one.id).sort(), ['kt-1', 'kt-2', 'kt-3']);
    assert.deepEqual((await call(server, 'GET', '/api/v1/catalog/import', { cookie: admin })).json, { stage: 'idle', rows: 4 });
  });

  test('a visitor is shown the imported goods in the next message', async () => {
    const visitor = await Visitor.open(server, {});
    const { answer: reply } = await visitor.ask('do you have a kettle under 30,000 won?');
    assert.deepEqual((reply.products ?? []).map((one) => one.id).sort(), ['kt-1', 'kt-3']);
  });

  test('the same bytes again are not read again', async () => {
    const again = await send('/api/v1/catalog/import?max_bad_share=0.5', `${feed}\n{"id":"kt-4","title":"No price"}\n`);
    assert.deepEqual(again.json, { status: 'unchanged', products: 3 });
  });

  test('prices and stock are patched live, unknown and bad ones named', async () => {
    const began = performance.now();
    const answer = await send(
      '/api/v1/catalog/patch',
      JSON.stringify([
        { id: 'kt-1', price: '24000 KRW' },
        { id: 'kt-2', price: '49000 KRW', sale_price: '39000 KRW', availability: 'out_of_stock' },
        { id: 'nobody', price: '1 KRW' },
        { id: 'kt-3', price: 'free' },
      ]),
      { type: 'application/json' },
    );
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.patched, 2);
    assert.deepEqual(answer.json.unknown, ['nobody']);
    assert.equal(answer.json.errors.length, 1);
    const found = new Map((await search('kettle')).map((one) => [one.id, one]));
    assert.ok(performance.now() - began < patience(1000));
    assert.equal(found.get('kt-1').price.amount, 24000);
    assert.equal(found.get('kt-2').price.amount, 39000);
    assert.equal(found.get('kt-2').list_price.amount, 49000);
    assert.equal(found.get('kt-2').availability, 'out_of_stock');
    assert.equal(found.get('kt-3').price.amount, 19000);
  });

  test('a restart serves the imported goods with their patches', async () => {
    await server.kill();
    await server.start();
    admin = await login(server, server.people.get('boss'));
    agent = await login(server, server.people.get('mina'));
    const found = new Map((await search('kettle')).map((one) => [one.id, one]));
    assert.equal(found.size, 3);
    assert.equal(found.get('kt-1').price.amount, 24000);
    assert.equal(found.get('kt-2').availability, 'out_of_stock');
  });

  test('a backup carries them: what is restored from it sells the same', async () => {
    const file = path.join(temporary(), 'backup.db');
    const { code, stderr } = await server.cli(['backup', file]);
    assert.equal(code, 0, stderr);
    const data = path.join(temporary(), 'data');
    // Into a folder with goods of its own, too: the backup's take their place.
    fs.mkdirSync(path.join(data, 'catalog'), { recursive: true });
    fs.writeFileSync(path.join(data, 'catalog', 'patches.jsonl'), '{"id":"mouse-quiet","availability":"out_of_stock"}\n');
    fs.copyFileSync(file, path.join(data, 'maru.db'));
    const restored = await Server.start({ data });
    try {
      for (const again of [false, true]) {
        if (again) await restored.restart({ hard: true });
        const cookie = await login(restored, server.people.get('mina'));
        const { json } = await call(restored, 'GET', '/api/v1/catalog/search?q=kettle', { cookie });
        const found = new Map(json.products.map((one) => [one.id, one]));
        assert.deepEqual([...found.keys()].sort(), ['kt-1', 'kt-2', 'kt-3']);
        assert.equal(found.get('kt-1').price.amount, 24000);
        assert.equal(found.get('kt-2').availability, 'out_of_stock');
      }
    } finally {
      await restored.dispose();
    }
  });

  test('a new feed puts an end to the patches before it', async () => {
    const answer = await send('/api/v1/catalog/import', feed);
    assert.equal(answer.status, 200, answer.text);
    const found = new Map((await search('kettle')).map((one) => [one.id, one]));
    assert.equal(found.get('kt-1').price.amount, 29000);
    assert.equal(found.get('kt-2').availability, 'in_stock');
  });

  test('a large feed comes in while visitors search, and none of them waits for it', async () => {
    const rows = deep ? 100_000 : 5_000;
    const width = deep ? 200 : 20;
    const makers = ['Murmur', 'Dash', 'Harbour', 'Lumen', 'Trail'];
    const kinds = ['kettle', 'toaster', 'lamp', 'mouse', 'keyboard', 'speaker', 'mug', 'pan'];
    const lines = [];
    for (let i = 0; i < rows; i += 1) {
      const kind = kinds[i % kinds.length];
      lines.push(row(`g-${i}`, `${makers[i % makers.length]} ${kind} model ${i % 977}`, { price: `${1000 + ((i * 37) % 90000)} KRW`, product_type: `Home > ${kind}s`, description: `A ${kind} for every day, number ${i}.` }));
    }
    const visitors = [];
    await eachOf(Array.from({ length: width }), 20, async () => visitors.push(await Visitor.open(server, {})));
    let done = false;
    const times = [];
    // From a process of its own: what it costs this one to send, or the disk to keep this file, is not the
    // visitors' wait.
    const file = path.join(temporary(), 'feed.jsonl');
    const handle = fs.openSync(file, 'w');
    fs.writeSync(handle, lines.join('\n'));
    fs.fsyncSync(handle);
    fs.closeSync(handle);
    const script = `const [url, cookie, file] = process.argv.slice(1);
      fetch(url + '/api/v1/catalog/import', { method: 'POST', body: require('fs').readFileSync(file),
        headers: { cookie, 'content-type': 'application/x-ndjson', origin: url } })
        .then(async (answer) => process.stdout.write(JSON.stringify({ status: answer.status, json: await answer.json() })))`;
    const importing = promisify(execFile)(process.execPath, ['-e', script, server.url, admin, file], { maxBuffer: 1 << 26 })
      .then(({ stdout }) => JSON.parse(stdout))
      .finally(() => (done = true));
    // Each visitor at a person's pace, one after the other within every second.
    await Promise.all(
      visitors.map(async (visitor, number) => {
        const start = performance.now() + (1000 * number) / width;
        for (let i = 0; !done || i < 1; i += 1) {
          await new Promise((resolve) => setTimeout(resolve, start + 1000 * i - performance.now()));
          const began = performance.now();
          const { answer: reply } = await visitor.ask(`${kinds[(number + i) % kinds.length]} under ${20 + (i % 30)},000 won`);
          times.push(performance.now() - began);
          assert.ok(reply.text.length > 0);
        }
      }),
    );
    const answer = await importing;
    assert.equal(answer.status, 200, JSON.stringify(answer.json));
    assert.equal(answer.json.products, rows);
    times.sort((a, b) => a - b);
    console.log(`import of ${rows} rows: ${answer.json.seconds.toFixed(1)} s; ${times.length} turns of ${width} visitors meanwhile: median ${times[times.length >> 1].toFixed(1)} ms, p99 ${times[Math.floor(times.length * 0.99)].toFixed(1)} ms, longest ${times[times.length - 1].toFixed(1)} ms`);
    assert.ok((await search('Harbour toaster')).length > 0);
  });
});
