// HTTP as staff and as anybody, and bytes as no library would send them.
import net from 'node:net';

import { patience, timeoutError } from './wait.mjs';

export async function call(server, method, path, { body, cookie, headers = {} } = {}) {
  const response = await fetch(server.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(body !== undefined ? { 'content-type': 'application/json' } : {}),
      ...(cookie ? { cookie } : {}),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
  });
  const text = await response.text();
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

// Logs in and gives the cookie header of the session.
export async function login(server, { name, password }) {
  const { status, headers, text } = await call(server, 'POST', '/api/v1/login', { body: { user: name, password } });
  if (status >= 300) throw new Error(`login of ${name}: HTTP ${status} ${text}`);
  const cookies = headers.getSetCookie();
  if (cookies.length === 0) throw new Error(`login of ${name} set no cookie`);
  return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
}

// Writes bytes to the port and reads until the server closes or `done` likes what came. `then` is written when
// the first answer's head has come.
export function raw(server, chunks, { done = () => false, ms = 5000, end = false, then } = {}) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(server.port, '127.0.0.1');
    let got = Buffer.alloc(0);
    const finish = (closed) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text: got.toString('latin1'), bytes: got, closed });
    };
    const timer = setTimeout(() => {
      socket.destroy();
      const error = timeoutError('the server answers or closes', ms);
      error.got = got.toString('latin1');
      reject(error);
    }, patience(ms));
    socket.on('connect', () => {
      for (const chunk of Array.isArray(chunks) ? chunks : [chunks]) socket.write(chunk);
      if (end) socket.end();
    });
    socket.on('data', (data) => {
      got = Buffer.concat([got, data]);
      if (then && got.includes('\r\n\r\n')) {
        socket.write(then);
        then = undefined;
      }
      if (done(got.toString('latin1'))) finish(false);
    });
    socket.on('close', () => finish(true));
    socket.on('error', () => {});
  });
}

// The statuses of all HTTP responses in a byte stream (a body that looks like one would count: ours are JSON).
export function statuses(text) {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
}

// One figure of /metrics, summed over the labels that are not named.
export async function metric(server, name, labels = {}) {
  const { text } = await call(server, 'GET', '/metrics');
  let sum;
  for (const line of text.split('\n')) {
    const [, found, list = '', value] = /^([a-zA-Z0-9_:]+)(?:\{(.*)\})? (\S+)/.exec(line) ?? [];
    if (found !== name) continue;
    if (!Object.entries(labels).every(([key, wanted]) => list.includes(`${key}="${wanted}"`))) continue;
    sum = (sum ?? 0) + Number(value);
  }
  if (sum === undefined) throw new Error(`no metric ${name} ${JSON.stringify(labels)}`);
  return sum;
}
