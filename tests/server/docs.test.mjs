// What the binary says of itself at /docs: every call and frame is described there, and real ones fit it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { Agent } from './lib/agent.mjs';
import { call, login } from './lib/http.mjs';
import { Server } from './lib/server.mjs';
import { Socket } from './lib/socket.mjs';
import { Visitor } from './lib/visitor.mjs';

const net = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'bot', 'net');

// The parts of JSON Schema that our documents use. Returns what does not fit, as text; '' when all does.
function misfit(document, schema, value, at = '$') {
  if (schema.$ref) return misfit(document, resolve(document, schema.$ref), value, at);
  if (schema.allOf) return schema.allOf.map((one) => misfit(document, one, value, at)).find(Boolean) ?? '';
  if (schema.anyOf) return schema.anyOf.some((one) => !misfit(document, one, value, at)) ? '' : `${at}: fits none of anyOf`;
  if ('const' in schema && value !== schema.const) return `${at}: ${JSON.stringify(value)} is not ${schema.const}`;
  if (schema.enum && !schema.enum.includes(value)) return `${at}: ${JSON.stringify(value)} is none of ${schema.enum}`;
  const kind = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const types = schema.type ? [schema.type].flat() : [kind];
  if (!types.some((type) => (type === 'integer' ? Number.isInteger(value) : type === kind))) return `${at}: is ${kind}, not ${types}`;
  if (kind === 'array' && schema.items)
    return value.map((one, i) => misfit(document, schema.items, one, `${at}[${i}]`)).find(Boolean) ?? '';
  if (kind !== 'object') return '';
  for (const name of schema.required ?? []) if (!(name in value)) return `${at}: \`${name}\` is missing`;
  for (const [name, one] of Object.entries(schema.properties ?? {}))
    if (name in value) {
      const wrong = misfit(document, one, value[name], `${at}.${name}`);
      if (wrong) return wrong;
    }
  return '';
}

function resolve(document, ref) {
  let at = document;
  for (const name of ref.slice(2).split('/')) at = at?.[name.replaceAll('~1', '/')];
  assert.ok(at, `${ref} leads nowhere`);
  return at;
}

function everyRef(value, visit) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.$ref === 'string') visit(value.$ref);
  for (const one of Object.values(value)) everyRef(one, visit);
}

describe('the documents', { concurrency: false }, () => {
  let server, calls, frames;
  before(async () => {
    server = await Server.start();
    await server.addUser('mina', { team: 'sales' });
    await server.addUser('boss', { role: 'admin' });
    const read = async (name) => {
      const answer = await call(server, 'GET', `/docs/${name}`);
      assert.equal(answer.status, 200, answer.text);
      assert.match(answer.headers.get('content-type'), /^application\/json/);
      return answer.json;
    };
    calls = await read('openapi.json');
    frames = await read('asyncapi.json');
  });
  after(() => server.dispose());

  test('every reference leads somewhere', () => {
    for (const document of [calls, frames]) everyRef(document, (ref) => resolve(document, ref));
  });

  test('every route of the server is described, and nothing else', async () => {
    const routes = new Set();
    for (const file of fs.readdirSync(net).filter((name) => name.endsWith('.cpp')))
      for (const [, route] of fs.readFileSync(path.join(net, file), 'utf8').matchAll(/"(\/(?:api\/v1|shop|healthz|readyz|metrics)[^"]*)"/g))
        routes.add(route);
    assert.deepEqual(Object.keys(calls.paths).sort(), [...routes].sort());
    for (const [route, methods] of Object.entries(calls.paths))
      for (const method of Object.keys(methods)) {
        const answer = await call(server, method.toUpperCase(), route.replace('{id}', 'none'), method === 'post' ? { body: '{}' } : {});
        assert.ok(![404, 405, 500].includes(answer.status), `${method} ${route}: ${answer.status}`);
        if (methods[method].security) assert.equal(answer.status, 401, `${method} ${route} needs a session`);
      }
  });

  test('what calls answer is as described', async () => {
    const cookie = await login(server, server.people.get('boss'));
    const visitor = await Visitor.open(server, {});
    await visitor.ask('wireless mouse under 50,000 won');
    const id = visitor.conversation;
    const tries = [
      ['/api/v1/me'], ['/api/v1/conversations', '?limit=1'], ['/api/v1/conversations/{id}'], ['/api/v1/conversations/{id}/transcript'],
      ['/api/v1/reports/response-times', '?by=day'], ['/api/v1/reports/searches'], ['/api/v1/catalog/search', '?q=mouse&explain=1'],
      ['/api/v1/catalog/import'], ['/healthz'], ['/readyz'],
    ];
    for (const [route, query = ''] of tries) {
      const answer = await call(server, 'GET', route.replace('{id}', id) + query, { cookie });
      assert.equal(answer.status, 200, answer.text);
      const schema = calls.paths[route].get.responses['200'].content['application/json'].schema;
      assert.equal(misfit(calls, schema, answer.json), '', route);
    }
    const refused = await call(server, 'GET', '/api/v1/conversations/none', { cookie });
    assert.equal(misfit(calls, calls.components.schemas.Problem, refused.json), '');
    await visitor.close();
  });

  const sent = (who) => Object.keys(frames.components.messages).filter((name) => name.startsWith(`${who}.send.`)).map((name) => name.split('.')[2]);

  test('every frame that clients may send is described, and nothing else', async () => {
    const agent = await Agent.open(server, server.people.get('mina'));
    const visitor = await Visitor.open(server, {});
    for (const [who, socket] of [['visitor', visitor.socket], ['agent', agent.socket]]) {
      const error = await socket.ask({ type: 'no such thing' }, 'error');
      const known = error.message.slice(error.message.indexOf('known are') + 10).split(', ');
      assert.deepEqual(sent(who).sort(), known.sort());
    }
    await Promise.all([visitor.close(), agent.close()]);
  });

  test('every frame of a story is as described', async () => {
    const fits = (who, heard) => {
      for (const frame of heard) {
        const message = frames.components.messages[`${who}.receive.${frame.type}`];
        assert.ok(message, `${who} hears an undescribed ${frame.type}`);
        assert.equal(misfit(frames, message.payload, frame), '', JSON.stringify(frame).slice(0, 300));
      }
      return new Set(heard.map((frame) => frame.type));
    };
    const mina = await Agent.open(server, server.people.get('mina'));
    const visitor = await Visitor.open(server, {});
    await visitor.ask('wireless mouse under 50,000 won');
    await visitor.ask('compare the first two');
    await visitor.say('I want to talk to a person');
    await mina.waiting(visitor.conversation);
    await mina.accept(visitor.conversation);
    await mina.say(visitor.conversation, 'hello, mina here');
    mina.send({ type: 'note', conversation: visitor.conversation, id: 'n1', text: 'likes mice' });
    mina.send({ type: 'typing', conversation: visitor.conversation, on: true });
    mina.send({ type: 'label', conversation: visitor.conversation, add: ['mice'] });
    await visitor.say('thanks');
    await mina.heard(visitor.conversation, 'thanks');
    mina.send({ type: 'close', conversation: visitor.conversation });
    await visitor.signal.wait(() => visitor.socket.frames.some((frame) => frame.type === 'survey'), 'a survey');
    visitor.socket.send({ type: 'nothing' });
    const older = await visitor.socket.ask({ type: 'history', before: 4 }, 'history');
    assert.ok(older.messages.length > 0);
    const seen = fits('visitor', visitor.socket.frames);
    for (const type of ['welcome', 'ack', 'message', 'handoff', 'survey', 'history', 'error']) assert.ok(seen.has(type), `a visitor heard ${type}`);
    const heard = fits('agent', mina.socket.frames);
    for (const type of ['welcome', 'queue', 'assigned', 'conversation', 'message', 'ack']) assert.ok(heard.has(type), `an agent heard ${type}`);
    await Promise.all([visitor.close(), mina.close()]);
  });

  test('the checker itself refuses what does not fit', () => {
    const message = frames.components.messages['visitor.receive.message'].payload;
    const good = { type: 'message', seq: 1, at: '2026-11-21T09:30:00.125Z', from: { role: 'bot' }, text: 'x' };
    assert.equal(misfit(frames, message, good), '');
    for (const bad of [{ ...good, seq: 'x' }, { ...good, from: { role: 'robot' } }, { ...good, text: undefined, at: 7 }, { type: 'message' }])
      assert.notEqual(misfit(frames, message, JSON.parse(JSON.stringify(bad))), '', JSON.stringify(bad));
  });
});
