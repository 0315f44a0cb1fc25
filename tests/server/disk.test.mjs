// A full disk: clients are told, nothing acked is lost, and it goes on when there is room again.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { call } from './lib/http.mjs';
import { Server, temporary } from './lib/server.mjs';
import { Socket } from './lib/socket.mjs';
import { Visitor } from './lib/visitor.mjs';
import { patience, until } from './lib/wait.mjs';

function smallDisk(megabytes) {
  const folder = temporary('maru-disk-');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  if (mounted.status !== 0) return undefined;
  // Before the folder itself is removed.
  process.prependListener('exit', () => spawnSync('umount', ['-l', folder]));
  return folder;
}

// Takes every byte that is left.
function fill(folder) {
  const file = path.join(folder, 'filler');
  const out = fs.openSync(file, 'w');
  for (const size of [1 << 16, 1 << 12, 1]) {
    const block = Buffer.alloc(size);
    try {
      for (;;) fs.writeSync(out, block);
    } catch (error) {
      if (error.code !== 'ENOSPC') throw error;
    }
  }
  fs.closeSync(out);
  return file;
}

const folder = smallDisk(12);
const skip = folder ? false : 'needs to mount a small file system (root)';

test('a full disk and its end', { skip, timeout: patience(120_000) }, async (t) => {
  const server = new Server({ data: path.join(folder, 'data') });
  t.after(() => server.kill());
  await server.start();
  const visitor = await Visitor.open(server, {});
  const other = await Visitor.open(server, { name: 'other' });
  await visitor.ask('How long does delivery take?');
  await other.ask('How long does delivery take?');
  assert.equal((await call(server, 'GET', '/readyz')).status, 200);

  const filler = fill(folder);
  // The write-ahead log may still have room in pages it has; it runs out.
  const text = `How long does delivery take? ${'x'.repeat(3000)}`;
  const refused = await until(
    async () => {
      const id = visitor.post(`${text} ${visitor.log.last}`);
      await visitor.signal.wait(
        () => visitor.acks.has(id) || visitor.errors.some((e) => e.id === id) || !visitor.socket.open,
        `an answer to ${id}`,
      );
      if (!visitor.socket.open) await visitor.open();
      return visitor.errors.find((e) => e.id === id);
    },
    'the disk is full',
    60_000,
  );
  assert.equal(refused.code, 'unavailable', JSON.stringify(refused));
  const red = await until(async () => {
    const ready = await call(server, 'GET', '/readyz');
    return ready.status !== 200 && ready;
  }, 'readyz turns red');
  assert.equal(red.status, 503);
  assert.equal((await call(server, 'GET', '/healthz')).status, 200, 'it is alive all the same');

  // Reading goes on; and who says hello anew is told, not left waiting.
  assert.ok((await other.wholeHistory()).length >= 2);
  other.post('anybody there?', { id: 'while-full' });
  await other.signal.wait(() => other.errors.some((e) => e.id === 'while-full' && e.code === 'unavailable'), 'the other is told too');
  const late = new Visitor(server, { name: 'late' });
  await assert.rejects(late.open(), /unavailable|closed/);
  late.drop();
  // A hello with messages right behind it: each of them fails, in whatever order.
  for (let i = 0; i < 20; ++i) {
    const rushing = await new Socket(`${server.ws}/ws/visitor`).ready();
    rushing.send({ type: 'hello' });
    for (let n = 0; n < 6; ++n) rushing.send({ type: 'message', id: `rush-${n}`, text: 'anybody there?' });
    await rushing.signal.wait(() => rushing.closed || rushing.frames.some((f) => f.code === 'unavailable'), 'it is told');
    rushing.drop();
  }
  assert.equal((await call(server, 'GET', '/healthz')).status, 200);

  fs.rmSync(filler);
  await until(async () => (await call(server, 'GET', '/readyz')).status === 200, 'readyz turns green', 30_000);
  // What was refused is sent again with its id, as the widget does.
  for (const each of [visitor, other]) {
    const waiting = [...each.unacked.keys()];
    assert.ok(waiting.length > 0);
    each.errors.length = 0;
    await each.reload();
    for (const id of waiting) await each.answered((await each.acked(id)).seq);
    await each.ask('How long does delivery take?');
    const whole = await each.wholeHistory();
    assert.deepEqual(whole.map((m) => m.seq), whole.map((_, i) => i + 1));
    for (const [id, ack] of each.acks) assert.equal(whole[ack.seq - 1]?.at, ack.at, `${each.name}: acked ${id} is there`);
    assert.equal(whole.filter((m) => m.from.role === 'visitor').length, each.acks.size, 'and nothing that was refused before');
    assert.deepEqual(each.log.problems, []);
  }
  await server.restart({ hard: true });
  await visitor.reload();
  assert.deepEqual(visitor.log.problems, []);
  await Promise.all([visitor.close(), other.close()]);
});
