// An admin edits files while visitors chat: changes are taken over whole, mistakes are not.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { Agent } from './lib/agent.mjs';
import { call } from './lib/http.mjs';
import { Server, maru, temporary, testConfig } from './lib/server.mjs';
import { Visitor } from './lib/visitor.mjs';
import { until } from './lib/wait.mjs';

const question = 'How long does delivery take?';

function edit(folder, file, change) {
  const name = path.join(folder, file);
  const before = fs.readFileSync(name, 'utf8');
  const after = change(before);
  assert.notEqual(after, before, `the edit of ${file} changes something`);
  // As editors save: a new file in the old one's place.
  fs.writeFileSync(`${name}.new`, after);
  fs.renameSync(`${name}.new`, name);
}

test('edited content is taken over without dropping a session', async (t) => {
  const config = path.join(temporary(), 'config');
  fs.cpSync(testConfig, config, { recursive: true });
  const server = await Server.start({ config });
  t.after(() => server.dispose());
  const visitor = await Visitor.open(server, {});
  const { socket } = visitor;
  const answers = async (wanted) =>
    until(async () => {
      const { answer } = await visitor.ask(question);
      return wanted.test(answer.text) && answer;
    }, `the bot answers ${wanted}`);
  await answers(/two or three days/);

  await t.test('a new answer', async () => {
    edit(config, 'faq/faq.yaml', (text) => text.replaceAll('two or three days', 'a fortnight'));
    await answers(/a fortnight/);
  });

  await t.test('a new product', async () => {
    fs.appendFileSync(
      path.join(config, 'catalog/products.jsonl'),
      `${JSON.stringify({ id: 'mouse-new', title: 'Zephyr wireless mouse', brand: 'Zephyr', price: '19000 KRW', availability: 'in_stock', product_type: 'Mice', link: '/p/mouse-new' })}\n`,
    );
    await until(async () => {
      const { answer } = await visitor.ask('Zephyr wireless mouse');
      return answer.products?.some((card) => card.id === 'mouse-new');
    }, 'the new product is found');
  });

  await t.test('a mistake keeps the old content and is named in readyz and on the log', async () => {
    const good = fs.readFileSync(path.join(config, 'faq/faq.yaml'), 'utf8');
    edit(config, 'faq/faq.yaml', (text) => `${text}\n  - id: [broken\n`);
    const ready = await until(async () => {
      const answer = await call(server, 'GET', '/readyz');
      return answer.text.includes('faq.yaml') && answer;
    }, 'readyz names the file');
    assert.equal(ready.status, 200, 'it still serves');
    assert.match(ready.text, /faq\.yaml:\d+:\d+/);
    await until(() => /faq\.yaml:\d+:\d+/.test(server.log), 'the log names the place');
    await answers(/a fortnight/);
    // An admin who comes later is told as well; agents need not know.
    const told = (someone) => someone.socket.frames.find((frame) => frame.type === 'content');
    const admin = await Agent.open(server, await server.addUser('root', { role: 'admin' }));
    const content = await until(() => told(admin), 'the admin is told');
    assert.match(JSON.stringify(content.problems), /faq\.yaml:\d+:\d+/);
    const agent = await Agent.open(server, await server.addUser('mina'));
    assert.equal(told(agent), undefined);
    await admin.close();
    await agent.close();
    const check = await maru(['check', config]);
    assert.equal(check.code, 1);
    assert.match(check.stdout + check.stderr, /faq\.yaml:\d+:\d+: error: /);

    fs.writeFileSync(path.join(config, 'faq/faq.yaml'), good.replaceAll('a fortnight', 'one week'));
    await answers(/one week/);
    const healed = await call(server, 'GET', '/readyz');
    assert.ok(!healed.text.includes('faq.yaml:'), healed.text);
  });

  await t.test('a missing folder is a mistake too', async () => {
    fs.renameSync(path.join(config, 'faq'), path.join(config, 'gone'));
    fs.renameSync(path.join(config, 'bot.yaml'), path.join(config, 'bot.gone'));
    await until(async () => (await call(server, 'GET', '/readyz')).text.includes('bot.yaml'), 'readyz names bot.yaml');
    await answers(/one week/);
    fs.renameSync(path.join(config, 'gone'), path.join(config, 'faq'));
    fs.renameSync(path.join(config, 'bot.gone'), path.join(config, 'bot.yaml'));
    await until(async () => !(await call(server, 'GET', '/readyz')).text.includes('bot.yaml'), 'readyz is clean again');
  });

  assert.equal(visitor.socket, socket);
  assert.ok(socket.open, 'the session lived through all of it');
  assert.deepEqual(visitor.log.problems, []);
  await visitor.close();
});

test('the test content has no errors, and its own tests pass', async () => {
  const check = await maru(['check', testConfig]);
  assert.equal(check.code, 0, check.stdout + check.stderr);
});
