import { beforeEach, describe, expect, it } from 'vitest';

import { News } from '../console/news';
import { emptyView, type View } from '../console/view';
import type { AgentIn, AgentOut, ConversationFrame, Item } from '../console/wire';
import { message } from './fakes';

const me = { id: 'a1', name: 'mina', role: 'agent' as const };
const jun = { id: 'a2', name: 'jun' };
const item = (conversation: string): Item => ({ conversation, waiting_s: 1, since: '2026-11-21T09:00:00.000Z', reason: 'asked', summary: '' });

let view: View;
let news: News;
let said: string[];
let sent: AgentOut[];
let read: string[];

beforeEach(() => {
  view = emptyView(me, []);
  [said, sent, read] = [[], [], []];
  news = new News({
    view,
    wish: undefined,
    send: (frame) => (sent.push(frame), true),
    welcomed: () => undefined,
    wished: () => undefined,
    read: (id) => read.push(id),
    seen: () => undefined,
    kept: () => undefined,
    say: (_, key, values) => said.push([key, values?.['name']].filter(Boolean).join(' ')),
    rang: () => undefined,
    changed: () => undefined,
  });
  news.take({ type: 'queue', items: [item('c1'), item('c2')] });
});

const assigned = (agent: typeof jun | null, state: 'agent' | 'bot' = 'agent'): AgentIn => ({ type: 'assigned', conversation: 'c1', epoch: 2, state, agent });
const conflict: AgentIn = { type: 'error', code: 'conflict', message: 'jun has this conversation already', conversation: 'c1' };
const conversation = (change: Partial<ConversationFrame> = {}): AgentIn => ({
  type: 'conversation',
  conversation: 'c1',
  epoch: 2,
  state: 'agent',
  locale: 'ko',
  seq: 1,
  visitor: {},
  summary: '',
  readiness: { score: 0, signals: [] },
  interests: [],
  labels: [],
  agent: jun,
  notes: [],
  history: [message(1)],
  ...change,
});
const reach = () => {
  view.accepting = 'c1';
  news.reached('c1');
};

describe('two agents reach for one request', () => {
  it('tells the slower one by whom it was taken, once, whichever comes first', () => {
    for (const order of [
      [assigned(jun), conflict],
      [conflict, assigned(jun), conversation()],
      [conflict, conversation(), assigned(jun)],
    ]) {
      said = [];
      reach();
      for (const frame of order) news.take(frame);
      expect(said, JSON.stringify(order.map((frame) => frame.type))).toEqual(['taken jun']);
      expect(view.accepting).toBeUndefined();
    }
    expect(view.queue.map((one) => one.conversation)).toEqual(['c2']);
    expect(view.open).toBeUndefined();
  });

  it('asks who has it when only refused, and looks no longer than that', () => {
    reach();
    news.take(conflict);
    expect(said).toEqual([]);
    expect(read).toEqual(['c1']);
    news.take(conversation());
    expect(sent).toEqual([{ type: 'leave', conversation: 'c1' }]);
  });

  it('tells that nobody waits any more when nobody has it', () => {
    reach();
    news.take(conflict);
    news.take(conversation({ state: 'bot', agent: null }));
    expect(said).toEqual(['gone']);
  });

  it('opens what was won, and says nothing when it is handed on later', () => {
    reach();
    news.take(assigned({ id: me.id, name: me.name }));
    news.take(conversation({ agent: { id: me.id, name: me.name } }));
    expect(view.open).toBe('c1');
    news.take(assigned(jun));
    expect(said).toEqual([]);
    expect(view.mine).toEqual([]);
  });

  it('says nothing of requests this agent did not reach for', () => {
    news.take(assigned(jun));
    expect(said).toEqual([]);
    expect(view.queue.map((one) => one.conversation)).toEqual(['c2']);
  });
});
