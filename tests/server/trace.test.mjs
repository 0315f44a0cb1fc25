// An ack is a promise about the disk: seen from outside, in the system calls of the process.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { Server, temporary } from './lib/server.mjs';
import { Visitor } from './lib/visitor.mjs';
import { patience } from './lib/wait.mjs';

const strace = spawnSync('strace', ['-o', '/dev/null', 'true']);
const skip = strace.status === 0 ? false : 'strace is not installed, or tracing is not allowed here';

// One event per line of the trace, in the order in which calls began (sends, writes) or ended (syncs).
function events(text) {
  const out = [];
  const open = new Map(); // thread → the file of a sync that has begun
  for (const line of text.split('\n')) {
    const [, thread, rest] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (!rest) continue;
    let found;
    if ((found = /^(?:fsync|fdatasync)\(\d+<([^>]*)>(.*)$/.exec(rest))) {
      if (found[2].includes('unfinished')) open.set(thread, found[1]);
      else if (/= 0$/.test(found[2])) out.push({ kind: 'sync', file: found[1] });
    } else if (/^<\.\.\. (?:fsync|fdatasync) resumed>/.test(rest)) {
      if (/= 0$/.test(rest)) out.push({ kind: 'sync', file: open.get(thread) });
      open.delete(thread);
    } else if ((found = /^(?:pwrite64|write|pwritev|writev|sendmsg|sendto)\(\d+<([^>]*)>/.exec(rest))) {
      out.push({ kind: found[1].startsWith('socket:') || found[1].startsWith('TCP') ? 'send' : 'write', file: found[1], text: rest });
    }
  }
  return out;
}

test('each ack of a lone visitor leaves after an fsync of its message', { skip, timeout: patience(60_000) }, async (t) => {
  const file = path.join(temporary(), 'trace');
  const server = await Server.start({
    wrap: ['strace', '-f', '-y', '-s', '8192', '-o', file, '-e', 'trace=fsync,fdatasync,sendmsg,sendto,write,writev,pwrite64,pwritev'],
    env: { ASAN_OPTIONS: 'detect_leaks=0' }, // leak checking and tracing exclude each other
  });
  const traced = Number(fs.readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ')[0]);
  t.after(() => server.kill());

  const visitor = await Visitor.open(server, {});
  const said = [];
  for (let i = 0; i < 10; ++i) {
    const word = `zanzibar${i}q`;
    const { ack } = await visitor.ask(`How long does delivery take to ${word}?`);
    said.push({ word, id: ack.id });
  }
  const event = await visitor.event('page_view', {}, 'event-of-the-trace');
  said.push({ word: 'event-of-the-trace', id: event.id });
  await visitor.close();
  process.kill(traced, 'SIGTERM');
  await server.ended();

  const log = events(fs.readFileSync(file, 'latin1'));
  for (const { word, id } of said) {
    const sent = log.findIndex((e) => e.kind === 'send' && e.text.includes('\\"ack\\"') && e.text.includes(`\\"${id}\\"`));
    assert.ok(sent >= 0, `the ack of ${id} is in the trace`);
    const written = log.findIndex((e) => e.kind === 'write' && e.file.endsWith('-wal') && e.text.includes(word));
    assert.ok(written >= 0, `"${word}" was written to the write-ahead log`);
    assert.ok(written < sent, `"${word}" was written before its ack left`);
    const synced = log.findIndex((e, i) => i > written && e.kind === 'sync' && e.file.endsWith('-wal'));
    assert.ok(synced >= 0 && synced < sent, `"${word}" was synced to disk before its ack left`);
    // The answer carries a seq as well: it must not leave earlier either.
    const early = log.findIndex((e, i) => i < synced && i > written && e.kind === 'send' && e.text.includes('\\"seq\\"') && e.text.includes(word));
    assert.equal(early, -1, `nothing about "${word}" left before the sync`);
  }
});
