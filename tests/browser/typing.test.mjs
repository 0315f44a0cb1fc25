// Writing 한글: the Enter that ends a syllable is the input method's, in the widget and in the console.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { root, Server } from '../server/lib/server.mjs';
import { launch } from './lib/browser.mjs';
import { Colleague, Shopper } from './lib/people.mjs';

const composed = [
  { what: 'isComposing', init: { key: 'Enter', code: 'Enter', isComposing: true } },
  { what: 'key code 229', init: { key: 'Process', code: 'Enter', keyCode: 229 } },
  { what: 'Enter with key code 229', init: { key: 'Enter', code: 'Enter', keyCode: 229 } },
];

async function press(field, init) {
  await field.evaluate((it, event) => it.dispatchEvent(new KeyboardEvent('keydown', { ...event, bubbles: true, cancelable: true, composed: true })), init);
}

describe('composition', { concurrency: false }, () => {
  let server, browser, visitor, agent;
  before(async () => {
    browser = await launch();
    server = await Server.start({ config: path.join(root, 'config/demo') });
    const jiwoo = await server.addUser('jiwoo');
    agent = await Colleague.signIn(browser, server, jiwoo, { locale: 'ko' });
    visitor = await Shopper.enter(browser, server, { locale: 'ko' });
  });
  after(async () => {
    await browser?.close();
    await server?.dispose();
  });

  test('Enter while composing sends nothing from the widget', async () => {
    await visitor.field.fill('상담원 연결해 주세');
    for (const { what, init } of composed) {
      await press(visitor.field, init);
      assert.equal(await visitor.field.inputValue(), '상담원 연결해 주세', what);
      assert.equal(await visitor.log.locator('.mine').count(), 0, what);
    }
    await visitor.say('상담원 연결해 주세요');
  });

  test('nor from the console', async () => {
    await agent.queue.first().waitFor();
    await agent.handsOff();
    // As a Korean keyboard sends it: the letter is ㅁ, the key is A.
    await agent.page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ㅁ', code: 'KeyA', bubbles: true, cancelable: true })));
    await agent.page.locator('#tab-reply').waitFor();
    await agent.field.fill('안녕하세');
    for (const { what, init } of composed) {
      await press(agent.field, init);
      assert.equal(await agent.field.inputValue(), '안녕하세', what);
      assert.equal(await agent.log.locator('.from-agent').count(), 0, what);
    }
    await agent.say('안녕하세요');
    await visitor.hears('안녕하세요');
  });

  test('Shift+Enter begins a line, and letters are never shortcuts while typing', async () => {
    await agent.field.fill('한 줄');
    await agent.field.press('Shift+Enter');
    await agent.field.pressSequentially('ajktx?');
    assert.equal(await agent.field.inputValue(), '한 줄\najktx?');
    assert.equal(await agent.page.locator('dialog').count(), 0);
  });

  test('a slash picks a ready answer in the visitor’s language', async () => {
    await agent.field.fill('');
    await agent.field.pressSequentially('/hello');
    await agent.page.locator('[role=option]').first().waitFor();
    await agent.field.press('Enter');
    assert.match(await agent.field.inputValue(), /안녕하세요/);
    assert.equal(await agent.log.locator('.from-agent .bubble').count(), 1, 'picked, not sent');
  });

  test('what was not acknowledged goes out once, when the server is back', async () => {
    server.listen = `127.0.0.1:${server.port}`;
    await server.kill();
    await agent.field.fill('다시 연결되면 보내 주세요');
    await agent.field.press('Enter');
    await agent.log.locator('.bubble.sending').waitFor();
    await server.start();
    await visitor.hears('다시 연결되면 보내 주세요');
    await agent.log.locator('.bubble.sending').waitFor({ state: 'detached' });
    assert.equal(await agent.log.locator('.from-agent .bubble', { hasText: '다시 연결되면' }).count(), 1);
    assert.equal(await visitor.log.locator('.theirs .bubble', { hasText: '다시 연결되면' }).count(), 1);
  });
});
