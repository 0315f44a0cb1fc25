// Products side by side: a table in the widget that its column of names does not leave, and the same for the agent.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { root, Server } from '../server/lib/server.mjs';
import { launch, phone } from './lib/browser.mjs';
import { Colleague, Shopper } from './lib/people.mjs';

const words = {
  ko: { search: '무선 이어폰', compare: '앞의 세 개 비교해줘', differs: '다른 점', same: '모두 같음', person: '상담원 연결해 주세요' },
  en: { search: 'wireless earbuds', compare: 'compare the first three', differs: 'What differs', same: 'Same in all', person: 'I want to talk to a person' },
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const cells = (table) => table.locator('tr').evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));

for (const [locale, say] of Object.entries(words)) {
  describe(`products side by side, in ${locale}`, { concurrency: false }, () => {
    let server, jiwoo, visitor, agent, table;
    before(async () => {
      server = await Server.start({ config: path.join(root, 'config/demo') });
      jiwoo = await server.addUser('jiwoo');
      visitor = await Shopper.enter(browser, server, { locale });
      table = visitor.log.locator('table');
    });
    after(async () => {
      await Promise.all([visitor, agent].map((each) => each?.person.close()));
      await server?.dispose();
    });

    test('what differs is a table, what is the same a line; the text’s own lines are not said twice', async () => {
      await visitor.say(say.search);
      await visitor.log.locator('.products').waitFor();
      const titles = (await visitor.log.locator('.products .title').allTextContents()).slice(0, 3);
      await visitor.say(say.compare);
      await table.waitFor();
      assert.deepEqual(await table.locator('th[scope=col] .title').allTextContents(), titles);
      const [head, ...rows] = await cells(table);
      assert.equal(head[0], say.differs);
      assert.ok(rows.length >= 2, JSON.stringify(rows));
      for (const [name, ...values] of rows) {
        assert.equal(values.length, 3, name);
        assert.ok(new Set(values).size > 1, `${name} differs: ${values}`);
      }
      assert.match(await visitor.log.locator('.compared p').innerText(), new RegExp(`^${say.same}`));
      const bubble = await visitor.log.locator('.row', { has: visitor.page.locator('table') }).locator('.bubble').innerText();
      assert.ok(!bubble.includes('\n'), bubble);
      assert.equal(await visitor.log.locator('.products').count(), 1, 'no second row of cards');
      await visitor.person.shots(`${locale}-shop-compared`);
      assert.deepEqual(await visitor.person.violations(), []);
    });

    test('on a phone it scrolls by itself, its names stay, and the page stands still', async () => {
      await visitor.page.setViewportSize(phone);
      const seen = await visitor.log.locator('.side').evaluate((side) => {
        const name = side.querySelector('[scope=row]');
        const before = name.getBoundingClientRect().left;
        side.scrollLeft = side.scrollWidth;
        const log = side.closest('[role=log]');
        log.scrollLeft = 500;
        return {
          scrolled: side.scrollLeft,
          moved: name.getBoundingClientRect().left - before,
          covers: getComputedStyle(name).backgroundColor,
          page: document.documentElement.scrollWidth - innerWidth,
          panel: side.closest('.panel').getBoundingClientRect().width - innerWidth,
        };
      });
      assert.ok(seen.scrolled > 0, JSON.stringify(seen));
      assert.ok(Math.abs(seen.moved) < 1, JSON.stringify(seen));
      assert.match(seen.covers, /^rgb\(/, 'nothing shines through');
      assert.ok(seen.page <= 0 && seen.panel <= 0, JSON.stringify(seen));
      await visitor.person.shot(`${locale}-shop-compared-scrolled`);
      await visitor.page.setViewportSize({ width: 1440, height: 900 });
    });

    test('a column’s head leads to its product', async () => {
      const head = table.locator('th[scope=col] a').first();
      const { pathname } = new URL(await head.evaluate((link) => link.href));
      await head.click();
      await visitor.page.waitForURL((url) => url.pathname === pathname);
      await visitor.field.waitFor();
    });

    test('the agent sees the same', async () => {
      const wanted = (await cells(table)).slice(1);
      await visitor.say(say.person);
      agent = await Colleague.signIn(browser, server, jiwoo, { locale });
      await agent.queue.first().waitFor();
      await agent.handsOff();
      await agent.page.keyboard.press('a');
      const theirs = agent.log.locator('table');
      await theirs.waitFor();
      assert.deepEqual((await cells(theirs)).slice(1), wanted);
      await agent.person.shots(`${locale}-console-compared`, { ready: () => theirs.evaluate((it) => it.scrollIntoView({ block: 'center' })) });
      assert.deepEqual(await agent.person.violations(), []);
      for (const each of [visitor, agent]) assert.deepEqual(each.person.problems, []);
    });
  });
}
