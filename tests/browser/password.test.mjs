// An agent's first day: the password an admin handed over opens nothing but the place to choose one's own.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { root, Server } from '../server/lib/server.mjs';
import { launch } from './lib/browser.mjs';
import { Colleague } from './lib/people.mjs';

const words = {
  ko: {
    name: '지민',
    choose: '비밀번호를 새로 정해 주세요',
    wrong: '이름이나 비밀번호가 맞지 않아요.',
    short: '새 비밀번호는 8자 이상이어야 해요.',
    same: '방금 로그인한 비밀번호와 달라야 해요.',
    differ: '두 비밀번호가 서로 달라요.',
    wrongOld: '현재 비밀번호가 맞지 않아요.',
    own: '비 오는 날 파전과 막걸리',
  },
  en: {
    name: 'grace',
    choose: 'Choose your own password',
    wrong: 'That name and password don’t match.',
    short: 'needs at least 8 characters',
    same: 'must differ from the one you signed in with',
    differ: 'The two passwords differ.',
    wrongOld: 'The current password is wrong.',
    own: 'rain on seven tin roofs',
  },
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [locale, say] of Object.entries(words)) {
  describe(`a first password, in ${locale}`, { concurrency: false }, () => {
    let server, agent, oneTime;
    const alert = (text) => agent.page.getByRole('alert').filter({ hasText: text });
    const chooses = async ({ old, fresh, again = fresh }) => {
      if (old !== undefined) await agent.page.locator('input[name=old]').fill(old);
      await agent.page.locator('input[name=new]').fill(fresh);
      await agent.page.locator('input[name=again]').fill(again);
      await agent.page.locator('input[name=again]').press('Enter');
    };
    before(async () => {
      server = await Server.start({ config: path.join(root, 'config/demo') });
      const { code, stdout, stderr } = await server.cli(['user', 'add', say.name, '--role', 'agent']);
      assert.equal(code, 0, stderr);
      oneTime = stdout.trim().split(/\s+/).at(-1);
      agent = await Colleague.atDoor(browser, server, say.name, { locale });
      // What is refused here, the browser logs by itself.
      agent.person.expected.push(/40[13].*\/api\/v1\/(login|password)/);
    });
    after(async () => {
      await agent?.person.close();
      await server?.dispose();
    });

    test('a wrong one is refused in words', async () => {
      await agent.knock(`${oneTime}x`);
      await alert(say.wrong).waitFor();
    });

    test('the one-time password leads to choosing one’s own, and nowhere else', async () => {
      await agent.knock(oneTime);
      await agent.page.getByRole('heading', { name: say.choose }).waitFor();
      await agent.person.shots(`${locale}-console-password`);
      assert.deepEqual(await agent.person.violations(), []);
      assert.equal(await agent.page.locator('input[name=old]').count(), 0, 'it was typed a moment ago');
      assert.equal(await agent.page.locator('.console').count(), 0);
    });

    for (const [what, choice, told] of [
      ['too short', () => ({ fresh: '1234567' }), say.short],
      ['the same again', () => ({ fresh: oneTime }), say.same],
      ['two different ones', () => ({ fresh: say.own, again: `${say.own}!` }), say.differ],
    ])
      test(`${what} is no choice, and the place says why`, async () => {
        await chooses(choice());
        await alert(told).waitFor();
      });

    test('a reload forgets the one-time password, not that it must be changed', async () => {
      await agent.page.reload();
      await agent.page.getByRole('heading', { name: say.choose }).waitFor();
      await chooses({ old: 'not that one', fresh: say.own });
      await alert(say.wrongOld).waitFor();
      await agent.person.shot(`${locale}-console-password-wrong`);
    });

    test('the right one opens the console', async () => {
      await chooses({ old: oneTime, fresh: say.own });
      await agent.page.locator('.presence.is-online').waitFor();
    });

    test('signed out and in again: the new one opens, the one-time one does not', async () => {
      await agent.signOut();
      await agent.knock(oneTime);
      await alert(say.wrong).waitFor();
      await agent.knock(say.own);
      await agent.page.locator('.presence.is-online').waitFor();
      assert.deepEqual(agent.person.problems, []);
    });
  });
}
