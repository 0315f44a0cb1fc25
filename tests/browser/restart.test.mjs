// The server stops and starts again while people talk, one tab reloads, another stays: before anybody asked for a
// person, while waiting, and while an agent has the conversation. All windows read the same, and one owner it is.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { root, Server } from '../server/lib/server.mjs';
import { until } from '../server/lib/wait.mjs';
import { launch } from './lib/browser.mjs';
import { Colleague, Shopper } from './lib/people.mjs';

const words = {
  ko: {
    faq: '배송은 얼마나 걸려요?',
    search: '5만원 이하 무선 마우스',
    person: '상담원 연결해 주세요',
    hello: '안녕하세요, 무엇을 도와드릴까요?',
    meanwhile: '서버가 없는 동안 쓴 말',
    thanks: '감사합니다!',
    withYou: '내가 상담 중',
    withOther: (name) => `${name}님이 상담 중`,
  },
  en: {
    faq: 'How long does delivery take?',
    search: 'wireless mouse under 50,000 won',
    person: 'I want to talk to a person',
    hello: 'Hello, how can I help?',
    meanwhile: 'Written while the server was away',
    thanks: 'Thank you!',
    withYou: 'With you',
    withOther: (name) => `With ${name}`,
  },
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [locale, say] of Object.entries(words)) {
  describe(`restarts in the middle, in ${locale}`, { concurrency: false }, () => {
    let server, one, two, mina, jun;
    before(async () => {
      server = await Server.start({ config: path.join(root, 'config/demo') });
      server.listen = `127.0.0.1:${server.port}`; // where the open windows look for it again
      const staff = [await server.addUser('mina'), await server.addUser('jun')];
      [mina, jun] = await Promise.all(staff.map((person) => Colleague.signIn(browser, server, person, { locale })));
      one = await Shopper.enter(browser, server, { locale });
      two = await one.tab({ locale });
      // A browser logs by itself that nobody answers, for as long as the server is away.
      for (const { person } of [one, mina, jun]) person.expected.push(/ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|WebSocket connection to .* failed/);
    });
    after(async () => {
      await Promise.all([one, mina, jun].map((each) => each?.person.close()));
      await server?.dispose();
    });

    const restart = async () => {
      const { code } = await server.stop();
      assert.equal(code, 0, server.log.slice(-2000));
      await Promise.all([mina, jun].map((agent) => agent.page.locator('.presence.is-offline').waitFor()));
      await server.start();
      await Promise.all([mina, jun].map((agent) => agent.page.locator('.presence.is-online').waitFor()));
    };
    const reload = async (tab) => {
      await tab.page.reload();
      await tab.field.waitFor();
    };

    // All windows come to the same words, `last` the newest of them; an agent's where it is open.
    const same = async (last, windows) => {
      let read;
      await until(
        async () => {
          read = await Promise.all(windows.map((each) => each.transcript()));
          return read[0].at(-1)?.includes(last) && read.every((lines) => lines.join('\n') === read[0].join('\n'));
        },
        `all windows end with “${last}” and are alike`,
        20_000,
      ).catch((error) => {
        windows.forEach((_, i) => assert.deepEqual(read[i], read[0], error.message));
        throw error;
      });
      return read[0];
    };

    test('while the bot has it', async () => {
      await one.say(say.faq);
      await until(async () => (await two.transcript()).length >= 3, 'the other tab has the question and its answer');
      await two.say(say.search);
      await two.log.locator('.products').first().waitFor();
      const before = await two.transcript();
      await reload(one);
      await same(before.at(-1), [one, two]);
      await restart();
      await reload(two);
      assert.deepEqual(await same(before.at(-1), [one, two]), before);
    });

    test('while it waits', async () => {
      await one.say(say.person);
      await Promise.all([mina, jun].map((agent) => agent.queue.first().waitFor()));
      await restart();
      await reload(two);
      for (const agent of [mina, jun]) {
        await agent.queue.first().waitFor();
        assert.equal(await agent.queue.count(), 1);
      }
      const lines = await one.transcript();
      await same(lines.at(-1), [one, two]);
      assert.equal(lines.filter((line) => line === say.person).length, 1);
    });

    test('while an agent has it', async () => {
      // Both look at it before one takes it, so that the other's window has to follow.
      await jun.queue.first().locator('.item-main').click();
      await jun.log.waitFor();
      await mina.handsOff();
      await mina.page.keyboard.press('a');
      await mina.say(say.hello);
      await one.hears(say.hello);
      await same(say.hello, [one, two, mina, jun]);
      await restart();
      await reload(one);
      const lines = await same(say.hello, [one, two, mina, jun]);
      assert.equal(lines.filter((line) => line === say.hello).length, 1);
      await mina.owner.filter({ hasText: say.withYou }).waitFor();
      await jun.owner.filter({ hasText: say.withOther('mina') }).waitFor();
      assert.equal(await mina.mine.count(), 1);
      assert.equal(await jun.mine.count(), 0);
      for (const agent of [mina, jun]) assert.equal(await agent.queue.count(), 0);
    });

    test('what was written while the server was away arrives once, everywhere', async () => {
      await server.stop();
      await two.field.fill(say.meanwhile);
      await two.field.press('Enter');
      await two.log.locator('.row.out').waitFor();
      await server.start();
      await mina.hears(say.meanwhile);
      await mina.say(say.thanks);
      await reload(one);
      const lines = await same(say.thanks, [one, two, mina, jun]);
      assert.equal(lines.filter((line) => line === say.meanwhile).length, 1);
      for (const { person } of [one, mina, jun]) assert.deepEqual(person.problems, []);
    });
  });
}
