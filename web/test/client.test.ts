import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Browser, message, openTab, welcome, type Tab } from './fakes';

let browser: Browser;
let tab: Tab;

beforeEach(() => {
  vi.useFakeTimers();
  browser = new Browser();
  tab = openTab(browser);
});
afterEach(() => void vi.useRealTimers());

async function online(one: Tab = tab, change: Parameters<typeof welcome>[0] = {}): Promise<void> {
  one.chat.open();
  one.socket.open();
  await browser.settle();
  one.socket.hear(welcome(change));
  await browser.settle();
}

describe('hello', () => {
  it('stays off the network until the chat is opened', () => {
    tab.chat.resume();
    expect(tab.socket.state).toBe('closed');
    tab.chat.event('page_view');
    expect(tab.socket.state).toBe('closed');
    tab.chat.event('add_to_cart', { product: 'p1' });
    expect(tab.socket.state).toBe('connecting');
  });

  it('asks for a new conversation, then resumes it after the last seq', async () => {
    await online(tab, { history: [message(1), message(2)], seq: 2 });
    expect(tab.socket.of('hello')[0]).toMatchObject({ site: 'demo', locale: 'en' });
    expect(tab.socket.of('hello')[0]).not.toHaveProperty('token');
    tab.socket.drop();
    expect(tab.chat.view.connection).toBe('offline');
    tab.socket.open();
    await browser.settle();
    expect(tab.socket.of('hello')[1]).toMatchObject({ conversation: 'c1', token: 't1', after: 2 });
    tab.socket.hear(welcome({ resumed: true, seq: 3, history: [message(3)] }));
    expect(tab.chat.view.messages.map((m) => m.seq)).toEqual([1, 2, 3]);
  });

  it('opens one conversation when two tabs come at the same time', async () => {
    const second = openTab(browser);
    for (const one of [tab, second]) {
      one.chat.open();
      one.socket.open();
    }
    await browser.settle();
    expect(tab.socket.of('hello')).toHaveLength(1);
    expect(second.socket.of('hello')).toHaveLength(0); // waits for the first one's welcome
    tab.socket.hear(welcome());
    await browser.settle();
    expect(second.socket.of('hello')[0]).toMatchObject({ conversation: 'c1', token: 't1', after: 0 });
  });

  it('lets the next tab in when the first one loses its connection before the welcome', async () => {
    const second = openTab(browser);
    tab.chat.open();
    tab.socket.open();
    second.chat.open();
    second.socket.open();
    await browser.settle();
    tab.socket.drop();
    await browser.settle();
    expect(second.socket.of('hello')).toHaveLength(1);
  });

  it('calls again when no welcome comes', async () => {
    tab.chat.open();
    tab.socket.open();
    await browser.settle();
    vi.advanceTimersByTime(8_000);
    expect(tab.socket.restarts).toBe(1);
  });

  it('follows the server to another conversation when the old one is gone', async () => {
    await online(tab, { history: [message(1), message(2)], seq: 2 });
    tab.socket.drop();
    tab.socket.open();
    await browser.settle();
    tab.socket.hear(welcome({ conversation: 'c2', token: 't2', history: [message(1, { text: 'anew' })], seq: 1 }));
    expect(tab.chat.view.messages.map((m) => m.text)).toEqual(['anew']);
    expect(tab.memory.kept()).toMatchObject({ conversation: 'c2', token: 't2' });
  });

  it('stops where the site may not chat', async () => {
    tab.chat.open();
    tab.socket.open();
    await browser.settle();
    tab.socket.hear({ type: 'error', code: 'forbidden', message: 'not this site' });
    expect(tab.chat.view.connection).toBe('refused');
    expect(tab.socket.state).toBe('closed');
  });

  it('forgets what lies before a gap the server does not fill', async () => {
    await online(tab, { history: [message(1)], seq: 1 });
    tab.socket.drop();
    tab.socket.open();
    await browser.settle();
    tab.socket.hear(welcome({ resumed: true, seq: 301, more: true, history: [message(300), message(301)] }));
    expect(tab.chat.view.messages.map((m) => m.seq)).toEqual([300, 301]);
    expect(tab.chat.view.more).toBe(true);
  });
});

describe('messages', () => {
  it('keeps what was said before the connection stood, and sends it once', async () => {
    tab.chat.say('  hello  ');
    expect(tab.chat.view.pending.map((p) => p.text)).toEqual(['hello']);
    await online();
    const sent = tab.socket.of('message');
    expect(sent).toHaveLength(1);
    tab.socket.hear({ type: 'ack', id: sent[0]!.id, seq: 2, at: message(2).at });
    expect(tab.chat.view.pending).toEqual([]);
    expect(tab.chat.view.messages).toMatchObject([{ seq: 2, text: 'hello', from: { role: 'visitor' } }]);
  });

  it('sends unacknowledged messages again under the same ids, in order', async () => {
    await online();
    tab.chat.say('one');
    tab.chat.say('two');
    const first = tab.socket.of('message').map((m) => m.id);
    tab.socket.drop();
    tab.socket.open();
    await browser.settle();
    tab.socket.hear(welcome({ resumed: true }));
    expect(tab.socket.of('message').map((m) => m.id)).toEqual([...first, ...first]);
  });

  it('does not send again what the resumed history shows as arrived', async () => {
    await online();
    tab.chat.say('one');
    const { id } = tab.socket.of('message')[0]!;
    tab.socket.drop();
    tab.socket.open();
    await browser.settle();
    tab.socket.hear(welcome({ resumed: true, seq: 1, history: [message(1, { id, from: { role: 'visitor' }, text: 'one' })] }));
    expect(tab.socket.of('message')).toHaveLength(1);
    expect(tab.chat.view.pending).toEqual([]);
    expect(tab.chat.view.messages).toHaveLength(1);
  });

  it('has at most eight on their way', async () => {
    await online();
    for (let i = 0; i < 12; i++) tab.chat.say(`m${i}`);
    expect(tab.socket.of('message')).toHaveLength(8);
    tab.socket.hear({ type: 'ack', id: tab.socket.of('message')[0]!.id, seq: 1, at: message(1).at });
    expect(tab.socket.of('message')).toHaveLength(9);
  });

  it('survives a reload of the page with what was not acknowledged', async () => {
    await online();
    tab.chat.say('still there?');
    const { id } = tab.socket.of('message')[0]!;
    const again = openTab(browser, tab.memory);
    again.chat.resume();
    again.socket.open();
    await browser.settle();
    again.socket.hear(welcome({ resumed: true }));
    expect(again.socket.of('message')).toMatchObject([{ id, text: 'still there?' }]);
  });

  it('shows each message once and in order, whatever comes twice', async () => {
    await online(tab, { history: [message(1), message(3)], seq: 3 });
    tab.socket.hear({ type: 'message', ...message(2) });
    tab.socket.hear({ type: 'message', ...message(3) });
    tab.socket.hear({ type: 'message', ...message(4) });
    expect(tab.chat.view.messages.map((m) => m.seq)).toEqual([1, 2, 3, 4]);
  });

  it('shows the label of a choice as what the visitor said', async () => {
    await online();
    tab.chat.choose('faq:delivery', 'Delivery');
    const [frame] = tab.socket.of('message');
    expect(frame).toMatchObject({ choice: 'faq:delivery' });
    expect(frame).not.toHaveProperty('text');
    tab.socket.hear({ type: 'ack', id: frame!.id, seq: 2, at: message(2).at });
    expect(tab.chat.view.messages[0]!.text).toBe('Delivery');
  });

  it('waits and sends again when the server cannot store for a moment', async () => {
    await online();
    tab.chat.say('one');
    const { id } = tab.socket.of('message')[0]!;
    tab.socket.hear({ type: 'error', code: 'unavailable', message: 'later', id });
    expect(tab.socket.of('message')).toHaveLength(1);
    vi.advanceTimersByTime(3_100);
    expect(tab.socket.of('message').map((m) => m.id)).toEqual([id, id]);
    expect(tab.chat.view.pending[0]!.failed).toBeFalsy();
  });

  it('leaves a refused message to the visitor, and the others go on', async () => {
    await online();
    tab.chat.say('too long');
    tab.chat.say('fine');
    const [bad, good] = [tab.socket.of('message')[0]!, tab.socket.of('message')[1]!];
    tab.socket.hear({ type: 'error', code: 'too_long', message: 'at most 4000', id: bad.id });
    tab.socket.hear({ type: 'ack', id: good.id, seq: 1, at: message(1).at });
    expect(tab.chat.view.pending).toMatchObject([{ id: bad.id, failed: true }]);
    tab.chat.retry(bad.id);
    expect(tab.socket.of('message').map((m) => m.id)).toEqual([bad.id, good.id, bad.id]);
    tab.chat.discard(bad.id);
    expect(tab.chat.view.pending).toEqual([]);
  });

  it('takes a connection for dead when no ack comes', async () => {
    await online();
    tab.chat.say('anyone?');
    vi.advanceTimersByTime(12_000);
    expect(tab.socket.restarts).toBe(1);
  });

  it('fetches older ones once at a time', async () => {
    await online(tab, { history: [message(51)], seq: 51, more: true });
    tab.chat.older();
    tab.chat.older();
    expect(tab.socket.of('history')).toEqual([{ type: 'history', before: 51, limit: 50 }]);
    tab.socket.hear({ type: 'history', messages: [message(49), message(50)], more: false });
    expect(tab.chat.view.messages.map((m) => m.seq)).toEqual([49, 50, 51]);
    tab.chat.older();
    expect(tab.socket.of('history')).toHaveLength(1);
  });
});

describe('unread', () => {
  it('counts while closed, not the greeting, and clears in every tab', async () => {
    const second = openTab(browser);
    await online(tab, { history: [message(1)], seq: 1 });
    second.chat.event('add_to_cart');
    second.socket.open();
    await browser.settle();
    second.socket.hear(welcome({ resumed: true, history: [message(1)], seq: 1 }));
    expect(second.chat.view.unread).toBe(0);
    tab.chat.close();
    for (const one of [tab, second]) {
      one.socket.hear({ type: 'message', ...message(2, { from: { role: 'agent', name: 'Kim' } }) });
      expect(one.chat.view.unread).toBe(1);
    }
    tab.chat.open();
    expect(tab.chat.view.unread).toBe(0);
    expect(second.chat.view.unread).toBe(0);
    expect(tab.socket.of('read').pop()).toEqual({ type: 'read', seq: 2 });
  });
});

describe('handoff', () => {
  it('goes from the bot to the queue, to a person, back, and to the end', async () => {
    await online();
    tab.socket.hear({ type: 'handoff', state: 'queued', position: 2, wait_s: 90, reason: 'asked' });
    expect(tab.chat.view).toMatchObject({ state: 'queued', handoff: { position: 2 } });
    expect(tab.memory.kept().live).toBe(true);
    tab.socket.hear({ type: 'handoff', state: 'accepted', agent: { name: '김민지' } });
    expect(tab.chat.view).toMatchObject({ state: 'agent', agent: { name: '김민지' } });
    tab.socket.hear({ type: 'handoff', state: 'returned' });
    expect(tab.chat.view.state).toBe('bot');
    expect(tab.chat.view.agent).toBeUndefined();
    tab.socket.hear({ type: 'handoff', state: 'closed' });
    expect(tab.chat.view.state).toBe('closed');
    expect(tab.memory.kept().live).toBe(false);
  });

  it('connects by itself on the next page while a person is there', async () => {
    await online(tab, { state: 'agent', agent: { name: 'Kim' } });
    const next = openTab(browser);
    next.chat.resume();
    expect(next.socket.state).toBe('connecting');
  });

  it('opens again with the message after the end', async () => {
    await online(tab, { state: 'closed', history: [message(1)], seq: 1 });
    tab.chat.say('one more thing');
    tab.socket.hear({ type: 'ack', id: tab.socket.of('message')[0]!.id, seq: 2, at: message(2).at });
    expect(tab.chat.view.state).toBe('bot');
  });

  it('tells an agent, and only an agent, that the visitor is typing', async () => {
    await online();
    tab.chat.typing('h');
    expect(tab.socket.of('typing')).toEqual([]);
    tab.socket.hear({ type: 'handoff', state: 'accepted', agent: { name: 'Kim' } });
    tab.chat.typing('he');
    tab.chat.typing('hel');
    tab.chat.typing('');
    expect(tab.socket.of('typing').map((frame) => frame.on)).toEqual([true, false]);
  });
});

describe('survey', () => {
  const survey = { survey: 's1', kind: 'csat', question: 'How was it?', scale: { min: 1, max: 5 } } as const;
  it('sends the score with the comment and says thanks', async () => {
    await online();
    tab.socket.hear({ type: 'survey', ...survey });
    tab.chat.rate(5, '  great ');
    expect(tab.socket.of('survey')).toEqual([{ type: 'survey', survey: 's1', score: 5, comment: 'great' }]);
    expect(tab.chat.view).toMatchObject({ survey: undefined, thanks: true });
  });
  it('stays when it could not be sent', async () => {
    await online();
    tab.socket.hear({ type: 'survey', ...survey });
    tab.socket.drop();
    tab.chat.rate(5, '');
    expect(tab.chat.view.survey).toBeDefined();
  });
});
