// A backup taken while visitors chat is whole: what was acked before it is in it, and a server starts from it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { Agent } from './lib/agent.mjs';
import { Server, maru, temporary } from './lib/server.mjs';
import { Visitor } from './lib/visitor.mjs';
import { patience } from './lib/wait.mjs';

test('backup while serving, and start from it', { timeout: patience(60_000) }, async (t) => {
  const server = await Server.start();
  t.after(() => server.dispose());
  const mina = await server.addUser('mina');
  const visitors = await Promise.all(Array.from({ length: 10 }, (_, i) => Visitor.open(server, { name: `v${i}` })));
  let running = true;
  const talking = visitors.map(async (visitor) => {
    for (let n = 0; running; ++n) await visitor.ask(`How long does delivery take? ${n}`);
  });
  await Promise.all(visitors.map((visitor) => visitor.signal.wait(() => visitor.acks.size >= 5, 'five messages each')));

  const before = visitors.map((visitor) => new Map(visitor.acks));
  const file = path.join(temporary(), 'backup.db');
  const { code, stderr } = await server.cli(['backup', file]);
  assert.equal(code, 0, stderr);
  running = false;
  await Promise.all(talking);

  const again = await server.cli(['backup', file]);
  assert.notEqual(again.code, 0, 'an older backup is not written over');
  assert.match(again.stderr, /backup\.db/);

  // The data folder keeps one database; a backup takes its place.
  const name = fs.readdirSync(server.data).find((each) => each.endsWith('.db'));
  assert.ok(name, fs.readdirSync(server.data).join(' '));
  const data = path.join(temporary(), 'data');
  fs.mkdirSync(data);
  fs.copyFileSync(file, path.join(data, name));
  const restored = await Server.start({ data });
  t.after(() => restored.dispose());
  for (const [i, visitor] of visitors.entries()) {
    const there = await Visitor.open(restored, { token: visitor.token, conversation: visitor.conversation });
    assert.equal(there.welcome.resumed, true);
    const whole = await there.wholeHistory();
    assert.deepEqual(whole.map((m) => m.seq), whole.map((_, n) => n + 1));
    for (const [id, ack] of before[i]) assert.equal(whole[ack.seq - 1]?.at, ack.at, `${visitor.name}: ${id} was acked before the backup`);
    await there.ask('How long does delivery take?');
    await there.close();
  }
  const agent = await Agent.open(restored, mina);
  await agent.close();
  await Promise.all(visitors.map((visitor) => visitor.close()));
});

test('backup says what is wrong', async () => {
  const server = await Server.start();
  try {
    const { code, stderr } = await server.cli(['backup', '/no/such/folder/backup.db']);
    assert.notEqual(code, 0);
    assert.match(stderr, /no\/such\/folder/);
    // A mistyped data folder has nothing to back up or to report on, and is not made.
    const data = path.join(temporary(), 'mistyped');
    for (const args of [['backup', path.join(temporary(), 'b.db')], ['report', 'response-times'], ['report', 'searches']]) {
      const wrong = await maru([...args, '--data', data]);
      assert.notEqual(wrong.code, 0, args.join(' '));
      assert.match(wrong.stderr, /mistyped/);
    }
    assert.ok(!fs.existsSync(data));
  } finally {
    await server.dispose();
  }
});
