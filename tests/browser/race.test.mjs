// Two agents in two windows reach for the same request: one has it, the other is told by whom, and nobody else
// notices. Then it is handed over.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { root, Server } from '../server/lib/server.mjs';
import { launch } from './lib/browser.mjs';
import { Colleague, Shopper } from './lib/people.mjs';

const words = {
  ko: {
    person: '상담원 연결해 주세요',
    taken: (name) => `${name}님이 먼저 수락했어요.`,
    withYou: '내가 상담 중',
    withOther: (name) => `${name}님이 상담 중`,
    joined: (name) => `${name} 상담원이 연결되었어요`,
    passedOn: /방문자 \d{4} 상담을 넘겨받았어요/,
    hello: '안녕하세요, 이어서 도와드릴게요.',
    thanks: '감사합니다!',
  },
  en: {
    person: 'I want to talk to a person',
    taken: (name) => `${name} accepted this conversation first.`,
    withYou: 'With you',
    withOther: (name) => `With ${name}`,
    joined: (name) => `${name} has joined the conversation`,
    passedOn: /Visitor \d{4} was handed to you/,
    hello: 'Hello, I take it from here.',
    thanks: 'Thank you!',
  },
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [locale, say] of Object.entries(words)) {
  describe(`two agents, one request, in ${locale}`, { concurrency: false }, () => {
    let server, visitor, agents, winner, loser;
    before(async () => {
      server = await Server.start({ config: path.join(root, 'config/demo') });
      const staff = [await server.addUser('mina'), await server.addUser('jun')];
      agents = await Promise.all(staff.map((one) => Colleague.signIn(browser, server, one, { locale, line: true })));
      visitor = await Shopper.enter(browser, server, { locale });
    });
    after(async () => {
      await Promise.all([visitor, ...(agents ?? [])].map((one) => one?.person.close()));
      await server?.dispose();
    });

    test('both accept before either has heard of the other: one has it', async () => {
      await visitor.say(say.person);
      for (const agent of agents) {
        await agent.queue.first().waitFor();
        await agent.handsOff();
        agent.line.hold();
      }
      await Promise.all(agents.map((agent) => agent.page.keyboard.press('a')));
      // A conversation to the one, a refusal to the other; which is which is the server's to say.
      const answers = await Promise.all(
        agents.map((agent) => agent.line.says((frame) => frame.type === 'conversation' || frame.type === 'error', `${agent.name} is answered`)),
      );
      assert.deepEqual(answers.map((one) => one.code ?? one.type).sort(), ['conflict', 'conversation']);
      winner = agents[answers.findIndex((one) => one.type === 'conversation')];
      loser = agents[answers.findIndex((one) => one.type === 'error')];
      for (const agent of agents) agent.line.release();

      await winner.owner.filter({ hasText: say.withYou }).waitFor();
      await winner.field.waitFor();
      await loser.told(say.taken(winner.name));
      await loser.person.shot(`${locale}-console-taken`);
    });

    test('it waits for nobody any more', async () => {
      for (const agent of agents) await agent.queue.waitFor({ state: 'detached' });
      await winner.mine.waitFor();
      assert.equal(await loser.mine.count(), 0);
      for (const agent of agents) await agent.page.waitForFunction(() => !document.title.startsWith('('));
    });

    test('the visitor sees one person come', async () => {
      await visitor.hears(say.joined(winner.name));
      await visitor.page.locator('#maru-chat h2', { hasText: winner.name }).waitFor();
      await winner.say(say.hello);
      await visitor.hears(say.hello);
      const lines = await visitor.transcript();
      assert.equal(lines.filter((line) => line.includes(say.joined(winner.name))).length, 1, lines.join('\n'));
      assert.ok(!lines.some((line) => line.includes(loser.name)), lines.join('\n'));
    });

    test('handed over, it is the other’s, and nobody else’s', async () => {
      await winner.handsOff();
      await winner.page.keyboard.press('t');
      const dialog = winner.page.locator('dialog[open]');
      assert.ok((await dialog.locator('select option:checked').innerText()).startsWith(loser.name));
      await dialog.locator('.primary').click();
      await loser.mine.waitFor();
      await winner.mine.waitFor({ state: 'detached' });
      await winner.owner.filter({ hasText: say.withOther(loser.name) }).waitFor();
      await loser.mine.locator('.item-main').click();
      await loser.owner.filter({ hasText: say.withYou }).waitFor();
      await visitor.hears(say.joined(loser.name));
      await visitor.page.locator('#maru-chat h2', { hasText: loser.name }).waitFor();
    });

    test('the new owner talks; the one before reads on and cannot reply', async () => {
      await loser.say(say.hello);
      await visitor.say(say.thanks);
      for (const agent of agents) await agent.hears(say.thanks);
      assert.equal(await winner.page.locator('#tab-reply').count(), 0);
      assert.deepEqual(await winner.transcript(), await loser.transcript());
    });

    test('each was told once what happened', async () => {
      assert.deepEqual(await winner.toasts(), []);
      const [taken, passedOn, ...more] = await loser.toasts();
      assert.ok(taken.includes(say.taken(winner.name)), taken);
      assert.match(passedOn, say.passedOn);
      assert.deepEqual(more, []);
      for (const one of [visitor, ...agents]) assert.deepEqual(one.person.problems, []);
    });
  });
}
