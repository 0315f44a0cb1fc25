// Starts, kills and restarts the binary under test, each with a data folder of its own.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Signal, patience, until } from './wait.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, '../../..');
export const testConfig = path.resolve(here, '../config');

export function binary() {
  const file = path.resolve(process.env.MARU_BIN ?? path.join(root, 'build/release/maru'));
  if (!fs.existsSync(file)) throw new Error(`no server at ${file}: build it first, or name it in MARU_BIN`);
  return file;
}

const made = new Set();
export function temporary(prefix = 'maru-test-') {
  const folder = fs.mkdtempSync(path.join(process.env.MARU_TMP ?? os.tmpdir(), prefix));
  made.add(folder);
  return folder;
}

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of made) fs.rmSync(folder, { recursive: true, force: true });
});

// Below the test runner, a failed test may leave its server behind; with it gone its sockets close and the file ends.
if (process.env.NODE_TEST_CONTEXT) {
  const { after } = await import('node:test');
  after(() => {
    for (const child of running) child.kill('SIGKILL');
  });
}

// Runs `maru ARGS…` to its end.
export function maru(args, { input = '', env = {}, timeout = 30_000, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(binary(), args, { env: { ...process.env, ...env }, cwd });
    running.add(child);
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), patience(timeout));
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
    child.stdin.on('error', () => {}); // it may end before it has read everything
    child.stdin.end(input);
  });
}

// What nearly every test wants: no rate limits in the way, open at all hours.
const usual = { 'limits.rate': 'off', 'hours.always': 'true' };

export class Server {
  constructor({ config = testConfig, data, set = {}, threads = 2, env = {}, listen = '127.0.0.1:0', wrap = [] } = {}) {
    this.config = config;
    this.data = data ?? path.join(temporary(), 'data');
    this.settings = { ...usual, ...set };
    this.threads = threads;
    this.env = env;
    this.listen = listen;
    this.wrap = wrap; // a command that runs the server, such as a tracer
    this.log = '';
    this.signal = new Signal();
    this.child = undefined;
    this.url = undefined;
    this.people = new Map();
  }

  static async start(options) {
    const server = new Server(options);
    await server.start();
    return server;
  }

  arguments() {
    const args = ['serve', this.config, '--listen', this.listen, '--data', this.data, '--threads', String(this.threads)];
    for (const [key, value] of Object.entries(this.settings)) {
      if (value !== undefined) args.push('--set', `${key}=${value}`);
    }
    return args;
  }

  // Resolves when the server has said where it listens; rejects with its output when it ends before that.
  async start() {
    if (this.child) throw new Error('the server is already running');
    const [command, ...args] = [...this.wrap, binary(), ...this.arguments()];
    const child = spawn(command, args, { env: { ...process.env, ...this.env }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    this.child = child;
    this.url = undefined;
    this.exit = undefined;
    const from = this.log.length;
    const take = (text) => {
      this.log += text;
      const found = /listening on (https?:\/\/[^\s"'\x1b]+)/.exec(this.log.slice(from));
      if (found) this.url ??= found[1].replace(/\/$/, '');
      this.signal.notify();
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', (error) => take(`cannot start: ${error.message}\n`));
    child.on('close', (code, signal) => {
      running.delete(child);
      this.exit = { code, signal };
      if (this.child === child) this.child = undefined;
      this.signal.notify();
    });
    await this.signal.wait(
      () => this.url || this.exit,
      () => `the server says where it listens; its output:\n${this.log.slice(from)}`,
      60_000, // several servers at once train the demo's model on two cores; a hang is what this finds
    );
    if (!this.url) throw new Error(`the server ended (${JSON.stringify(this.exit)}):\n${this.log.slice(from)}`);
    await until(() => this.#alive(), `${this.url}/healthz answers`);
    return this;
  }

  // On a connection of its own that ends with the answer: tests count connections.
  #alive() {
    return new Promise((resolve, reject) => {
      http.get(`${this.url}/healthz`, { agent: false }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode === 200));
      }).on('error', reject);
    });
  }

  get pid() {
    return this.child?.pid;
  }
  get port() {
    return Number(new URL(this.url).port);
  }
  get ws() {
    return this.url.replace(/^http/, 'ws');
  }

  async ended(ms = 15_000) {
    await this.signal.wait(() => this.exit, 'the server ends', ms);
    return this.exit;
  }

  // As a crash: nothing is flushed, no client is told.
  async kill() {
    if (!this.child) return this.exit;
    this.child.kill('SIGKILL');
    return this.ended();
  }

  // As an operator: SIGTERM, and what it exits with.
  async stop(ms = 15_000) {
    if (!this.child) return this.exit;
    this.child.kill('SIGTERM');
    return this.ended(ms);
  }

  async restart({ hard = false } = {}) {
    await (hard ? this.kill() : this.stop());
    return this.start();
  }

  // For an `after` hook: ends the server and fails the file when it did not end well.
  async dispose() {
    if (!this.child) return;
    const { code, signal } = await this.stop();
    if (code !== 0) throw new Error(`SIGTERM ended the server with ${code ?? signal}:\n${this.log.slice(-3000)}`);
  }

  cli(args, options) {
    return maru([...args, '--data', this.data], options);
  }

  // Adds a member of staff through the command line; works beside the running server.
  async addUser(name, { role = 'agent', team, password = `correct horse ${name}` } = {}) {
    const args = ['user', 'add', name, '--role', role, '--password-stdin', ...(team ? ['--team', team] : [])];
    const { code, stdout, stderr } = await this.cli(args, { input: `${password}\n` });
    if (code !== 0) throw new Error(`maru ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`);
    const person = { name, role, team, password };
    this.people.set(name, person);
    return person;
  }
}
