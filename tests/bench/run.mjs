// The comparison in one run: a bare echo server against Maru's FAQ turn, the same client, the same threads.
//
//   node tests/bench/run.mjs [--rounds 3] [--seconds 5] [--json FILE] [--only closed,open,idle]
//
// Binaries: MARU_BIN and MARU_LOAD, else build/release. Everything stays on the loopback interface.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { Server, root, testConfig } from '../server/lib/server.mjs';

const options = { rounds: 3, seconds: 5, visitors: 200, connections: 10_000, rate: 2000, threads: 1, only: 'closed,open,idle' };
for (let i = 2; i < process.argv.length; i += 2) {
  const key = process.argv[i].replace(/^--/, '');
  if (!(key in options) && key !== 'json' && key !== 'config') {
    console.error(`unknown option --${key}; known: ${[...Object.keys(options), 'json', 'config'].join(', ')}`);
    process.exit(2);
  }
  options[key] = Number.isNaN(Number(process.argv[i + 1])) ? process.argv[i + 1] : Number(process.argv[i + 1]);
}
const cores = os.availableParallelism?.() ?? os.cpus().length;
const only = new Set(String(options.only).split(','));

const load = [process.env.MARU_LOAD, path.join(root, 'build/release/tests/bench/maru_load'), path.join(root, 'build/release/maru_load')]
  .filter(Boolean)
  .find((file) => fs.existsSync(file));
if (!load) {
  console.error('no maru_load: build it (cmake --build build/release --target maru_load), or name it in MARU_LOAD');
  process.exit(2);
}
const demo = path.join(root, 'config/demo');
const config = options.config ?? (fs.existsSync(path.join(demo, 'bot.yaml')) ? demo : testConfig);
const questions = path.join(root, 'tests/bench/load/questions.txt');

function folderOn(base) {
  fs.mkdirSync(base, { recursive: true });
  return fs.mkdtempSync(path.join(base, 'maru-bench-'));
}
const kindOf = (folder) => spawnSync('stat', ['-f', '-c', '%T', folder], { encoding: 'utf8' }).stdout.trim();

function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(load, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (text) => (out += text));
    child.on('close', (code) => (code === 0 ? resolve(JSON.parse(out)) : reject(new Error(`maru_load ${args.join(' ')} ended with ${code}`))));
  });
}

async function withEcho(task) {
  const child = spawn(load, ['echo-server', '--threads', String(cores)], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url = await new Promise((resolve) => child.stdout.on('data', (text) => resolve(/http:\S+/.exec(text)[0])));
    return await task({ url, pid: child.pid });
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once('close', resolve) : resolve()));
  }
}

async function withMaru(base, set, task) {
  const folder = folderOn(base);
  const server = new Server({
    config,
    data: path.join(folder, 'data'),
    threads: cores,
    set: { 'limits.connections': 20_000, 'limits.connections_per_address': 20_000, ...set },
    wrap: ['bash', '-c', 'ulimit -n "$(ulimit -Hn)"; exec "$@"', 'maru'],
  });
  try {
    await server.start();
    return await task({ url: server.url, pid: server.pid, server });
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const closed = (target, extra = []) =>
  run(['closed', '--url', target.url, '--pid', target.pid, '--visitors', options.visitors, '--seconds', options.seconds, '--threads', options.threads, '--questions', questions, ...extra].map(String));

const disk = process.env.MARU_BENCH_DIR ?? path.join(root, 'build/bench');
const memory = '/dev/shm';
const result = { cores, client_threads: options.threads, server_threads: cores, config, disk: undefined };
{
  const probe = folderOn(disk);
  result.disk = kindOf(probe);
  fs.rmSync(probe, { recursive: true });
}

const lines = [];
const say = (name, value, note = '') => {
  const line = `${name.padEnd(44)} ${String(value).padStart(12)}  ${note}`;
  lines.push(line);
};

if (only.has('closed')) {
  // Before anything is measured: the questions are answered from the FAQ, not shrugged off.
  const check = await withMaru(memory, { explain: 'true' }, (target) =>
    run(['closed', '--url', target.url, '--visitors', '20', '--seconds', '1', '--warmup', '0.2', '--questions', questions]),
  );
  result.from_faq = check.from_faq;
  const rounds = { echo: [], disk: [], tmpfs: [] };
  for (let round = 0; round < options.rounds; ++round) {
    rounds.echo.push(await withEcho((target) => closed(target, ['--echo'])));
    rounds.disk.push(await withMaru(disk, {}, (target) => closed(target)));
    rounds.tmpfs.push(await withMaru(memory, {}, (target) => closed(target)));
    process.stderr.write(`round ${round + 1}: echo ${Math.round(rounds.echo.at(-1).rate)}/s, disk ${Math.round(rounds.disk.at(-1).rate)}/s, tmpfs ${Math.round(rounds.tmpfs.at(-1).rate)}/s\n`);
  }
  result.closed = rounds;
  const rate = Object.fromEntries(Object.entries(rounds).map(([key, runs]) => [key, median(runs.map((each) => each.rate))]));
  result.ratio = { disk: rate.disk / rate.echo, tmpfs: rate.tmpfs / rate.echo };
  say(`closed loop, ${options.visitors} visitors: echo`, Math.round(rate.echo), 'turns/s (median of rounds)');
  for (const [where, kind] of [['disk', result.disk], ['tmpfs', 'tmpfs']]) {
    const p99 = median(rounds[where].map((each) => each.latency_ms.p99_ms));
    const cpu = median(rounds[where].map((each) => each.server_cpu_us_per_turn));
    say(`closed loop, ${options.visitors} visitors: Maru on ${kind}`, Math.round(rate[where]), `turns/s, ratio ${result.ratio[where].toFixed(3)}, p99 ${p99.toFixed(1)} ms, ${cpu.toFixed(0)} µs CPU a turn`);
  }
  const trouble = Object.values(rounds).flat().reduce((sum, each) => sum + each.errors + each.lost, 0);
  say('answered from the FAQ', `${((check.from_faq ?? 0) * 100).toFixed(1)} %`, trouble ? `${trouble} ERRORS OR LOST CONNECTIONS` : 'no errors, no lost connections');
}

if (only.has('open')) {
  result.open = await withMaru(disk, {}, (target) =>
    run(['open', '--url', target.url, '--pid', target.pid, '--rate', options.rate, '--visitors', 1000, '--seconds', 10, '--threads', options.threads, '--questions', questions].map(String)),
  );
  const { answer, ack, unanswered, errors, late_sends: late } = result.open;
  say(`open loop, ${options.rate}/s from 1000 visitors: answer p50`, answer.p50_ms.toFixed(2), `ms; p90 ${answer.p90_ms.toFixed(2)}, p99 ${answer.p99_ms.toFixed(2)}, max ${answer.max_ms.toFixed(1)} ms`);
  say('open loop: ack p50', ack.p50_ms.toFixed(2), `ms; p99 ${ack.p99_ms.toFixed(2)} ms; client late p99 ${late.p99_ms.toFixed(2)} ms; ${unanswered} unanswered, ${errors} errors`);
}

if (only.has('idle')) {
  result.idle = await withMaru(disk, {}, (target) =>
    run(['idle', '--url', target.url, '--pid', target.pid, '--connections', options.connections, '--threads', options.threads].map(String)),
  );
  const idle = result.idle;
  say(`idle visitor at ${idle.connections} connections`, Math.round(idle.bytes_per_visitor), `bytes (resident, server only); ${(idle.rss_after / 1048576).toFixed(0)} MiB in all, opened in ${idle.seconds_to_open.toFixed(1)} s`);
}

console.log(`\n${cores} cores shared by client and server; server ${cores} threads, client ${options.threads}; content ${path.relative(root, config)}; disk is ${result.disk}`);
console.log(lines.join('\n'));
if (options.json) fs.writeFileSync(options.json, `${JSON.stringify(result, undefined, 2)}\n`);
