// Two agents, two tabs, and at every step of the story a reload and a restart: everybody reads the same, and
// the conversation has one owner.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Agent } from './lib/agent.mjs';
import { Server } from './lib/server.mjs';
import { essence } from './lib/transcript.mjs';
import { Visitor } from './lib/visitor.mjs';
import { deep, patience } from './lib/wait.mjs';

const words = {
  en: {
    ask: 'How long does delivery take?',
    product: 'wireless mouse under 50,000 won',
    person: 'I want to talk to a person',
    hello: 'Hello, how can I help?',
    buy: 'I would like the first one',
    thanks: 'Thank you!',
    again: 'How do I return something?',
  },
  ko: {
    ask: '배송은 얼마나 걸려요?',
    product: '5만원 이하 무선 마우스',
    person: '상담원 연결해 주세요',
    hello: '안녕하세요, 무엇을 도와드릴까요?',
    buy: '첫 번째 걸로 할게요',
    thanks: '감사합니다!',
    again: '반품은 어떻게 하나요?',
  },
};

class Story {
  constructor(server, locale) {
    this.server = server;
    this.say = words[locale];
    this.locale = locale;
  }

  async cast() {
    const { server } = this;
    for (const name of ['mina', 'jun']) if (!server.people.has(name)) await server.addUser(name);
    this.mina = await Agent.open(server, server.people.get('mina'));
    this.jun = await Agent.open(server, server.people.get('jun'));
    this.one = await Visitor.open(server, { name: 'tab one', locale: this.locale });
    this.two = await this.one.tab('tab two');
    this.id = this.one.conversation;
  }

  everybody() {
    return [this.one, this.two, this.mina, this.jun];
  }

  async waits(agent) {
    await agent.waiting(this.id);
  }

  // The steps; each ends when its effect was seen by the one who cares.
  steps() {
    const { one, two, mina, jun, id, say } = this;
    const owner = (name) => Promise.all([mina, jun].map((agent) => agent.owner(id, name)));
    const state = (visitor, wanted, who) =>
      visitor.signal.wait(
        () => visitor.handoffs.some((f) => f.state === wanted && (!who || f.agent?.name === who)),
        () => `${visitor.name} is told ${wanted}: ${JSON.stringify(visitor.handoffs)}`,
      );
    return [
      ['the visitor asks', undefined, () => one.ask(say.ask)],
      ['looks for a product in the other tab', undefined, () => two.ask(say.product)],
      ['clicks on one', undefined, () => one.event('product_click', { product: 'mouse-quiet' })],
      ['asks for a person', undefined, async () => {
        const ack = await two.say(say.person);
        await Promise.all([one.caughtUp(ack.seq), this.waits(mina), this.waits(jun)]);
      }],
      ['mina accepts', 'mina', async () => {
        const got = await mina.accept(id);
        assert.equal(got.type, 'conversation', JSON.stringify(got));
        await owner('mina');
        await Promise.all([state(one, 'accepted', 'mina'), state(two, 'accepted', 'mina')]);
      }],
      ['jun is too late', 'mina', async () => assert.equal((await jun.accept(id)).code, 'conflict')],
      ['mina writes', 'mina', async () => {
        const ack = await mina.say(id, say.hello);
        assert.equal(ack.type, 'ack', JSON.stringify(ack));
        await Promise.all([one.caughtUp(ack.seq), two.caughtUp(ack.seq)]);
      }],
      ['the visitor answers', 'mina', async () => {
        const ack = await one.say(say.buy);
        await two.caughtUp(ack.seq);
        await mina.heard(id, say.buy);
      }],
      ['mina makes a note', 'mina', async () => assert.equal((await mina.note(id, 'wants the quiet one')).type, 'ack')],
      ['mina hands over to jun', 'jun', async () => {
        mina.send({ type: 'transfer', conversation: id, to: { agent: 'jun' }, note: 'please go on' });
        await owner('jun');
        await Promise.all([state(one, 'accepted', 'jun'), state(two, 'accepted', 'jun')]);
      }],
      ['jun writes', 'jun', async () => {
        const ack = await jun.say(id, `${say.hello} (jun)`);
        assert.equal(ack.type, 'ack', JSON.stringify(ack));
        await Promise.all([one.caughtUp(ack.seq), two.caughtUp(ack.seq)]);
      }],
      ['mina may not any more', 'jun', async () => assert.equal((await mina.say(id, 'me again')).type, 'error')],
      ['the visitor says thanks', 'jun', async () => {
        await two.say(say.thanks);
        await jun.heard(id, say.thanks);
      }],
      ['jun closes', undefined, async () => {
        jun.send({ type: 'close', conversation: id, resolution: 'sold' });
        await Promise.all([state(one, 'closed'), state(two, 'closed')]);
      }],
      ['the visitor comes back to the bot', undefined, () => one.ask(say.again)],
    ];
  }

  // Everybody reads the same, live, after what they have been through, and afresh.
  async same(step) {
    const whole = (await this.one.wholeHistory()).map(essence);
    assert.deepEqual(whole.map((m) => m.seq), whole.map((_, i) => i + 1), `${step}: no gap`);
    for (const tab of [this.one, this.two]) {
      await tab.caughtUp(whole.length);
      assert.deepEqual(tab.log.essences(), whole, `${step}: ${tab.name}`);
      assert.deepEqual(tab.log.problems, [], step);
      assert.deepEqual(tab.errors, [], step);
    }
    for (const agent of [this.mina, this.jun]) {
      const got = await agent.openConversation(this.id);
      assert.equal(got.type, 'conversation', `${step}: ${agent.name} opens it: ${JSON.stringify(got)}`);
      const { log } = agent.room(this.id);
      await agent.signal.wait(() => log.last >= whole.length, `${step}: ${agent.name} has ${whole.length} messages, is at ${log.last}`);
      assert.deepEqual(log.essences(), whole, `${step}: ${agent.name}`);
      assert.deepEqual(log.problems, [], step);
    }
    const stored = await this.mina.get(`/api/v1/conversations/${this.id}/transcript?format=json`);
    assert.equal(stored.status, 200, `${step}: ${stored.text}`);
    const transcript = stored.json.messages ?? stored.json;
    assert.deepEqual(transcript.map(essence), whole, `${step}: the transcript over HTTP`);
    return whole.length;
  }

  async oneOwner(step, expected) {
    const [mina, jun] = await Promise.all([this.mina, this.jun].map((agent) => agent.openConversation(this.id)));
    assert.equal(mina.epoch, jun.epoch, `${step}: one epoch`);
    assert.equal(mina.state, jun.state, `${step}: one state`);
    assert.equal(mina.state === 'agent', expected !== undefined, `${step}: state ${mina.state}, expected owner ${expected}`);
    for (const agent of [this.mina, this.jun]) {
      const mine = JSON.stringify((await agent.reload()).mine).includes(this.id);
      assert.equal(mine, agent.name === expected, `${step}: is it ${agent.name}'s?`);
      await agent.presence('online');
    }
  }

  async reload() {
    for (const each of this.everybody()) await each.reload();
    for (const agent of [this.mina, this.jun]) await agent.presence('online');
  }
}

for (const locale of ['en', 'ko']) {
  // Restarting after each step in turn is in one pass; who restarts how alternates over the passes.
  for (const hard of deep ? [true, false] : [locale === 'en']) {
    test(`the story in ${locale}, with ${hard ? 'kill -9' : 'SIGTERM'} at every step`, { timeout: patience(120_000) }, async (t) => {
      const server = await Server.start();
      t.after(() => server.kill());
      const story = new Story(server, locale);
      await story.cast();
      let last = 0;
      for (const [step, owner, act] of story.steps()) {
        await act();
        const length = await story.same(step);
        assert.ok(length >= last);
        await story.oneOwner(step, owner);
        await story.reload();
        await story.same(`${step}, reloaded`);
        await server.restart({ hard });
        await story.reload();
        assert.equal(await story.same(`${step}, restarted`), length, `${step}: a restart changes nothing`);
        await story.oneOwner(`${step}, restarted`, owner);
        last = length;
      }
      const notes = story.jun.room(story.id).frame;
      assert.ok(JSON.stringify(notes).includes('wants the quiet one'));
      for (const each of story.everybody()) await each.close();
    });
  }
}
