// What visitors look for is counted, also what is not there, without telling who they are; a word added over HTTP
// is found by the next visitor.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { call, login } from './lib/http.mjs';
import { Server, maru, root, temporary } from './lib/server.mjs';
import { Visitor } from './lib/visitor.mjs';
import { until } from './lib/wait.mjs';

describe('searches', { concurrency: false }, () => {
  let server;
  let config;
  let admin;
  let agent;
  before(async () => {
    config = path.join(temporary(), 'config');
    fs.cpSync(path.join(root, 'config/demo'), config, { recursive: true, filter: (name) => !name.endsWith('media') });
    server = await Server.start({ config });
    admin = await login(server, await server.addUser('boss', { role: 'admin' }));
    agent = await login(server, await server.addUser('mina', { team: 'sales' }));
  });
  after(() => server.dispose());

  const report = async (query = '') => {
    const { json, text, status } = await call(server, 'GET', `/api/v1/reports/searches?${query}`, { cookie: admin });
    assert.equal(status, 200, text);
    return json;
  };
  const rowOf = async (words, query) => (await report(query)).rows.find((one) => one.words === words);
  const synonym = (body, cookie = admin) => call(server, 'POST', '/api/v1/catalog/synonyms', { body, cookie, headers: { origin: server.url } });
  const file = () => fs.readFileSync(path.join(config, 'synonyms.yaml'), 'utf8');
  const counts = ({ asked, nothing, relaxed, followed, clicked, carted }) => ({ asked, nothing, relaxed, followed, clicked, carted });

  test('only admins may read what was asked or change what words mean', async () => {
    assert.equal((await call(server, 'GET', '/api/v1/reports/searches')).status, 401);
    assert.equal((await call(server, 'GET', '/api/v1/reports/searches', { cookie: agent })).status, 403);
    const words = { word: '또각이', means: '마우스' };
    const before = file();
    assert.equal((await synonym(words, '')).status, 401);
    assert.equal((await synonym(words, agent)).status, 403);
    const foreign = await call(server, 'POST', '/api/v1/catalog/synonyms', { body: words, cookie: admin, headers: { origin: 'https://evil.example' } });
    assert.equal(foreign.status, 403);
    assert.equal(file(), before);
  });

  test('a search counts once a visitor, with what became of it', async () => {
    const first = await Visitor.open(server, { locale: 'ko' });
    const { answer } = await first.ask('무선 마우스 있어요?');
    const id = answer.products[0].id;
    await first.ask('무선 마우스 있어요?');
    await first.ask('3만원 이하로요');
    let row = await rowOf('무선 마우스');
    assert.deepEqual(counts(row), { asked: 1, nothing: 0, relaxed: 0, followed: 0, clicked: 0, carted: 0 });
    assert.equal(row.example, '무선 마우스 있어요?');
    assert.equal(row.locale, 'ko');
    await first.event('product_click', { product: id });
    await first.event('product_view', { product: id });
    await first.event('add_to_cart', { product: id });
    await first.event('product_view', { product: 'something-else' });
    const second = await Visitor.open(server, { locale: 'ko' });
    await second.ask('무선마우스 찾아요');
    row = await rowOf('무선 마우스');
    assert.deepEqual(counts(row), { asked: 2, nothing: 0, relaxed: 0, followed: 1, clicked: 1, carted: 1 });
    const english = await Visitor.open(server, { locale: 'en' });
    const { answer: found } = await english.ask('do you have electric kettles?');
    assert.ok(found.products.length > 0);
    const rows = (await report('locale=en')).rows;
    assert.deepEqual(rows.map((one) => one.locale), ['en']);
    assert.equal(rows[0].asked, 1);
  });

  test('a product chosen in words is of use as well', async () => {
    const visitor = await Visitor.open(server, { locale: 'ko' });
    await visitor.ask('프라이팬 보여 주세요');
    await visitor.ask('두 번째 거 얼마예요?');
    const row = (await report()).rows.find((one) => one.words.includes('프라이팬'));
    assert.deepEqual(counts(row), { asked: 1, nothing: 0, relaxed: 0, followed: 1, clicked: 0, carted: 0 });
  });

  test('what was not found comes first when asked for, without anything personal', async () => {
    for (const text of ['에어랩 있어요?', '에어랩 있나요? 제 번호는 010-1234-5678, kim@example.com 이에요', '에어랩 있어요? 주문번호 20261121-0042']) {
      const visitor = await Visitor.open(server, { locale: 'ko' });
      const { answer } = await visitor.ask(text);
      assert.equal((answer.products ?? []).length, 0, answer.text);
    }
    const { rows, total } = await report('only=nothing');
    assert.ok(rows.length > 0 && rows.every((one) => one.nothing > 0), JSON.stringify(rows));
    assert.ok(rows.some((one) => one.words.includes('에어랩')), JSON.stringify(rows));
    assert.equal(total.distinct, rows.length);
    const everything = JSON.stringify(await report());
    for (const secret of ['1234-5678', '5678', 'kim@', 'example.com', '20261121-0042', '0042']) assert.ok(!everything.includes(secret), everything);
    const unfollowed = (await report('only=unfollowed')).rows;
    assert.ok(unfollowed.every((one) => one.asked - one.nothing - one.followed > 0), JSON.stringify(unfollowed));
    assert.ok(!unfollowed.some((one) => one.words === '에어랩'));
  });

  test('days outside are left out, wrong arguments are answered with what would be right', async () => {
    assert.equal((await report('to=2020-01-01')).rows.length, 0);
    assert.equal((await report('from=2020-01-01')).rows.length, (await report()).rows.length);
    assert.equal((await report('limit=1')).rows.length, 1);
    for (const [query, wanted] of [['only=none', /unfollowed/], ['from=yesterday', /2026-11-21/], ['limit=0', /1 to/], ['limit=x', /1 to/]]) {
      const { status, json } = await call(server, 'GET', `/api/v1/reports/searches?${query}`, { cookie: admin });
      assert.equal(status, 400);
      assert.match(json.detail, wanted);
    }
  });

  test('the ledger survives a kill, and the command line shows the same', async () => {
    const before = await report();
    await server.kill();
    await server.start();
    admin = await login(server, server.people.get('boss'));
    assert.deepEqual(await report(), before);
    const json = await maru(['report', 'searches', '--data', server.data, '--format', 'json']);
    assert.deepEqual(JSON.parse(json.stdout), await report('limit=50'));
    const csv = await maru(['report', 'searches', '--data', server.data, '--format', 'csv', '--only', 'nothing']);
    assert.match(csv.stdout.split('\r\n')[0], /^words,locale,asked,nothing/);
    const table = await maru(['report', 'searches', '--data', server.data]);
    assert.match(table.stdout, /무선 마우스 +ko +2 +0/);
  });

  test('words that would change nothing or break something are refused and nothing is written', async () => {
    const before = file();
    const cases = [
      [{}, 400, /word/],
      [{ word: '에어랩' }, 400, /means/],
      [{ word: '에어랩', means: 7 }, 400, /means/],
      [{ word: '에어랩', means: '에어랩' }, 422, /same/],
      [{ word: '에어랩', means: '비행기 티켓' }, 422, /finds nothing/],
      [{ word: '가'.repeat(41), means: '헤어드라이어' }, 422, /longer/],
      [{ word: 'a\nb: c', means: '헤어드라이어' }, 422, /one line/],
      [{ word: '!!!', means: '헤어드라이어' }, 422, /letters/],
    ];
    for (const [body, status, detail] of cases) {
      const answer = await synonym(body);
      assert.equal(answer.status, status, answer.text);
      assert.match(answer.json.detail, detail);
    }
    assert.equal((await synonym('{"word":')).status, 400);
    assert.equal(file(), before);
  });

  test('a search that found nothing finds it once its word has been added', async () => {
    const before = file();
    const answer = await synonym({ word: '에어랩', means: '헤어드라이어' });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.status, 'added');
    assert.ok(answer.json.group.includes('에어랩') && answer.json.group.includes('헤어드라이어'), answer.text);
    assert.ok(answer.json.products > 0);
    // The one line, and nothing else.
    const old = before.split('\n');
    const now = file().split('\n');
    const changed = now.map((line, at) => at).filter((at) => now[at] !== old[at]);
    assert.equal(now.length, old.length);
    assert.deepEqual(changed, [answer.json.line - 1]);
    assert.equal(now[changed[0]], old[changed[0]].replace(/\]$/, ', 에어랩]'));
    const check = await maru(['check', config]);
    assert.equal(check.code, 0, check.stderr);
    const found = await until(async () => {
      const visitor = await Visitor.open(server, { locale: 'ko' });
      const { answer: said } = await visitor.ask('에어랩 있어요?');
      await visitor.close();
      return said.products?.length > 0 && said;
    }, 'the new word is found');
    assert.match(found.products[0].title, /드라이어/);
  });

  test('the same again is known, and odd words come back as they were written', async () => {
    const before = file();
    assert.equal((await synonym({ word: ' 에어랩 ', means: '헤어드라이어' })).json.status, 'known');
    assert.equal(file(), before);
    for (const word of ["dad's #1: mouse", '- "x", [y]', 'null']) {
      const answer = await synonym({ word, means: '마우스' });
      assert.equal(answer.status, 200, answer.text);
      assert.ok(answer.json.group.includes(word), answer.text);
    }
    assert.equal((await maru(['check', config])).code, 0);
    const named = await maru(['catalog', 'synonym', '마우쓰오', '마우스', '--config', config]);
    assert.equal(named.code, 0, named.stderr);
    assert.match(named.stdout, /synonyms\.yaml:\d+: .*마우쓰오/);
  });

  test('a file with a mistake in it is left alone', async () => {
    const good = file();
    fs.writeFileSync(path.join(config, 'synonyms.yaml'), `${good}\n  - [half\n`);
    const answer = await synonym({ word: '다이슨', means: '헤어드라이어' });
    assert.equal(answer.status, 409, answer.text);
    assert.match(answer.json.detail, /synonyms\.yaml:\d+:\d+/);
    assert.equal(file(), `${good}\n  - [half\n`);
    fs.writeFileSync(path.join(config, 'synonyms.yaml'), good);
  });

  test('many adding at the same time lose nothing', async () => {
    const words = Array.from({ length: 12 }, (_, at) => `별명${'가나다라마바사아자차카타'[at]}`);
    const answers = await Promise.all(words.map((word) => synonym({ word, means: '가습기' })));
    for (const answer of answers) assert.equal(answer.status, 200, answer.text);
    for (const word of words) assert.ok(file().includes(word), word);
    assert.equal((await maru(['check', config])).code, 0);
  });
});
