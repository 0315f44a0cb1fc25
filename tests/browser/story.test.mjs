// The whole story in two windows: a visitor in the demo shop and an agent in the console, in both languages.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { root, Server } from '../server/lib/server.mjs';
import { launch } from './lib/browser.mjs';
import { Colleague, Shopper } from './lib/people.mjs';

const stories = {
  ko: {
    faq: '배송은 얼마나 걸려요?',
    answered: /1~2일/,
    search: '5만원 이하 무선 마우스',
    take: '첫 번째 걸로 살게요',
    yes: '상담원 연결',
    offered: /연결/,
    reason: '구매 임박',
    summary: /문의/,
    agentSays: '안녕하세요, 카드 결제 도와드릴게요.',
    visitorSays: '네, 두 개 주세요',
    note: '두 개 주문 원하심',
    product: '5만원 이하 무선 마우스',
    withCard: '이 상품 맞으시죠?',
    closed: /종료/,
  },
  en: {
    faq: 'How long does delivery take?',
    answered: /day/,
    search: 'wireless mouse under 50,000 won',
    take: "I'll take the first one",
    yes: /person|colleague|connect|yes/i,
    offered: /colleague|person|someone/i,
    reason: 'Ready to buy',
    summary: /Asked/,
    agentSays: 'Hello, let me help you pay by card.',
    visitorSays: 'Great, two of them please',
    note: 'wants two',
    product: 'wireless mouse under 50,000 won',
    withCard: 'This is the one, right?',
    closed: /closed|ended/i,
  },
};

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

for (const [locale, say] of Object.entries(stories)) {
  describe(`the story in ${locale}`, { concurrency: false }, () => {
    let server, jiwoo, visitor, agent;
    before(async () => {
      server = await Server.start({ config: path.join(root, 'config/demo') });
      jiwoo = await server.addUser('jiwoo');
    });
    after(async () => {
      await visitor?.person.close();
      await agent?.person.close();
      await server?.dispose();
    });

    test('an agent signs in', async () => {
      agent = await Colleague.signIn(browser, server, jiwoo, {
        locale,
        atDoor: async ({ person }) => {
          await person.shots(`${locale}-console-login`);
          assert.deepEqual(await person.violations(), []);
        },
      });
      assert.equal(await agent.page.getAttribute('html', 'lang'), locale);
      await agent.person.shots(`${locale}-console-empty`);
    });

    test('the bot answers a question', async () => {
      visitor = await Shopper.enter(browser, server, { locale });
      await visitor.say(say.faq);
      await visitor.hears(say.answered);
      await visitor.person.shots(`${locale}-shop-faq`);
      assert.deepEqual(await visitor.person.violations(), [], 'the shop with its widget');
    });

    test('products within the price', async () => {
      await visitor.say(say.search);
      const cards = visitor.log.locator('.products li');
      await cards.first().waitFor();
      assert.ok((await cards.count()) >= 2);
      for (const text of await cards.allInnerTexts()) {
        const prices = [...text.matchAll(/(?:₩\s?([\d,]+)|([\d,]+)원)/g)].map((m) => Number((m[1] ?? m[2]).replaceAll(',', '')));
        assert.ok(prices.length > 0 && Math.min(...prices) <= 50_000, text);
      }
      await visitor.person.shots(`${locale}-shop-products`);
    });

    test('ready to buy: an offer, taken up', async () => {
      await visitor.say(say.take);
      await visitor.hears(say.offered);
      await visitor.person.shot(`${locale}-shop-offer`);
      await visitor.page.locator('#maru-chat .replies button').filter({ hasText: say.yes }).first().click();
    });

    test('the request is in the queue with its reason', async () => {
      await agent.queue.first().waitFor();
      const item = await agent.queue.first().innerText();
      assert.ok(item.includes(say.reason), item);
      assert.match(item, say.summary);
      assert.match(await agent.page.title(), /^\(1\)/);
      await agent.person.shots(`${locale}-console-queue`);
      assert.deepEqual(await agent.person.violations(), []);
    });

    test('A accepts, and both talk', async () => {
      await agent.handsOff();
      await agent.page.keyboard.press('a');
      await agent.field.waitFor();
      await agent.hears(say.faq);
      await agent.say(say.agentSays);
      await visitor.hears(say.agentSays);
      await visitor.say(say.visitorSays);
      await agent.hears(say.visitorSays);
      await agent.page.locator('#tab-note').click();
      await agent.field.fill(say.note);
      await agent.field.press('Enter');
      await agent.log.locator('.from-note .bubble', { hasText: say.note }).waitFor();
      assert.equal(await visitor.log.getByText(say.note).count(), 0, 'a note is for staff');
      await agent.page.locator('#tab-reply').click();
    });

    test('the agent sends a product card', async () => {
      await agent.page.locator('.composer-foot .quiet').nth(1).click();
      await agent.page.locator('#product-search').fill(say.product);
      // The list shows the visitor's interests until the search has answered.
      await agent.page.locator('.picker-products li').nth(2).waitFor();
      await agent.person.shot(`${locale}-console-products`);
      const title = await agent.page.locator('.picker-products .product-title').first().innerText();
      await agent.page.locator('.picker-products .secondary').first().click();
      await agent.page.locator('.attached li').waitFor();
      await agent.say(say.withCard);
      await agent.log.locator('.from-agent .product', { hasText: title }).waitFor();
      await visitor.log.locator('.products', { hasText: title }).last().waitFor();
      await agent.person.shots(`${locale}-console-talk`);
      await agent.person.page.setViewportSize({ width: 390, height: 844 });
      await agent.page.locator('.room-actions .narrow').click();
      await agent.page.locator('#details').waitFor();
      await agent.person.shot(`${locale}-console-details-phone`);
      await agent.page.locator('#details .narrow').click();
      await agent.person.page.setViewportSize({ width: 1440, height: 900 });
      await visitor.person.shots(`${locale}-shop-agent`);
      assert.deepEqual(await agent.person.violations(), []);
      assert.deepEqual(await visitor.person.violations(), []);
    });

    test('a reload of both resumes the conversation', async () => {
      await Promise.all([visitor.page.reload(), agent.page.reload()]);
      // On a desk the panel opens again by itself; a click now would close it.
      await visitor.field.waitFor();
      await visitor.hears(say.withCard);
      assert.equal(await visitor.log.locator('.mine .bubble', { hasText: say.visitorSays }).count(), 1);
      await agent.hears(say.visitorSays);
      assert.equal(await agent.log.locator('.from-agent .bubble', { hasText: say.withCard }).count(), 1);
    });

    test('close: the visitor is told and asked', async () => {
      await agent.handsOff();
      await agent.page.keyboard.press('x');
      await agent.page.locator('dialog[open]').waitFor();
      await agent.person.shot(`${locale}-console-close`);
      assert.deepEqual(await agent.person.violations(), []);
      await agent.page.locator('#confirm-close').click();
      await visitor.hears(say.closed);
      await visitor.page.locator('#maru-chat .survey').waitFor();
      await visitor.person.shots(`${locale}-shop-survey`);
      await agent.page.locator('.composer-closed').waitFor();
      await agent.person.shot(`${locale}-console-closed`);
      await visitor.page.locator('#maru-chat .scores button').last().click();
      await visitor.page.locator('#maru-chat .survey .strong').click();
      assert.deepEqual(await visitor.person.violations(), []);
    });

    test('no errors, no broken policy, nobody else asked', () => {
      assert.deepEqual(visitor.person.problems, []);
      assert.deepEqual(agent.person.problems, []);
    });
  });
}
