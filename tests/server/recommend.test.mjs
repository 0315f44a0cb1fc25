// What goes with a product, from the shop's rules and from what visitors put into one basket; what could be had
// instead; and an order of goods that knows what a visitor looked at.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';

import { Server, maru, root, temporary } from './lib/server.mjs';
import { Visitor } from './lib/visitor.mjs';
import { until } from './lib/wait.mjs';

const ids = (message) => (message.products ?? []).map((one) => one.id);

describe('recommendations', { concurrency: false }, () => {
  let server;
  let config;
  before(async () => {
    config = path.join(temporary(), 'config');
    fs.cpSync(path.join(root, 'config/demo'), config, { recursive: true, filter: (name) => !name.endsWith('media') });
    server = await Server.start({ config, set: { 'recommend.refresh': '200ms' } });
  });
  after(() => server.dispose());

  const open = (locale) => Visitor.open(server, { locale });
  const messages = (visitor) => visitor.log.list().filter((one) => one.from.role === 'bot').length;

  test('what goes with the product in hand, by the rules in the folder, with a reason on every card', async () => {
    const visitor = await open('ko');
    const { answer: mice } = await visitor.ask('무선 마우스 보여 주세요');
    const { answer } = await visitor.ask('두 번째 거랑 같이 쓸 만한 거 있어요?');
    assert.ok(answer.text.includes(mice.products[1].title), answer.text);
    assert.ok(answer.products.length >= 2);
    for (const card of answer.products) {
      assert.ok(!/마우스,/.test(card.title) || /패드/.test(card.title), card.title);
      assert.ok(card.why.includes('함께 쓰기 좋음'), JSON.stringify(card));
    }
    const english = await open('en');
    await english.event('product_view', { product: mice.products[0].id });
    const { answer: said } = await english.ask('what goes with this?');
    assert.match(said.text, /go well with/);
    assert.ok(said.products.every((card) => card.why.includes('goes well with it')), JSON.stringify(said.products));
  });

  test('a rule changed in the folder is live at once; a mistake in it is named with its place', async () => {
    const file = path.join(config, 'goes-with.yaml');
    const good = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, good.replace('with: [마우스패드, 키보드, USB 허브]', 'with: [캔들]'));
    const visitor = await open('ko');
    await until(async () => {
      await visitor.ask('무선 마우스 보여 주세요');
      const { answer } = await visitor.ask('첫 번째 거랑 같이 쓸 만한 거 있어요?');
      return answer.products?.length === 1 && /캔들/.test(answer.products[0].title);
    }, 'the new rule is followed');
    fs.writeFileSync(file, `${good}  - kind: 마우스\n    with: [키보드]\n  - kind: 타임머신\n    wth: [키보드]\n`);
    const check = await maru(['check', config]);
    assert.equal(check.code, 1);
    assert.match(check.stderr + check.stdout, /goes-with\.yaml:\d+:\d+: error: .*마우스/);
    assert.match(check.stderr + check.stdout, /goes-with\.yaml:\d+:\d+: error: .*`wth`/);
    fs.writeFileSync(file, `${good}  - kind: 타임머신\n    with: [키보드]\n`);
    const warned = await maru(['check', config]);
    assert.equal(warned.code, 0);
    assert.match(warned.stderr + warned.stdout, /goes-with\.yaml:\d+:\d+: warning: .*타임머신/);
    fs.writeFileSync(file, good);
    await until(async () => {
      await visitor.ask('무선 마우스 보여 주세요');
      const { answer } = await visitor.ask('첫 번째 거랑 같이 쓸 만한 거 있어요?');
      return answer.products?.length > 1;
    }, 'the old rule is back');
  });

  test('something put into the cart is answered once, and only to somebody who has been talking', async () => {
    const silent = await open('ko');
    await silent.event('add_to_cart', { product: 'mouse-q30-black' });
    const visitor = await open('ko');
    await visitor.ask('무선 마우스 보여 주세요');
    const before = messages(visitor);
    await visitor.event('add_to_cart', { product: 'mouse-q30-black' });
    const said = await visitor.heard((one) => one.from.role === 'bot' && one.text.startsWith('담으신'), 'what goes with it');
    assert.ok(said.products.length > 0 && !ids(said).includes('mouse-q30-black'));
    await visitor.event('add_to_cart', { product: 'keyboard-k10-white' });
    await visitor.ask('고마워요');
    assert.equal(visitor.log.list().filter((one) => one.text?.startsWith('담으신')).length, 1);
    assert.ok(messages(visitor) > before);
    await silent.event('product_view', { product: 'mouse-q30-black' });
    assert.equal(messages(silent), 1, 'only the greeting');
    // Who asks for advice with a full cart gets what goes with it, and nothing that is in it already.
    const { answer } = await visitor.ask('뭐 추천해줄 거 있어요?');
    assert.ok(!ids(answer).includes('keyboard-k10-white') && !ids(answer).includes('mouse-q30-black'), JSON.stringify(ids(answer)));
  });

  test('what visitors put into one basket comes first, once two of them agree, also after a restart', async () => {
    const odd = 'candle-soy-ivory';
    const basket = async () => {
      const visitor = await open('en');
      await visitor.event('add_to_cart', { product: 'kettle-glass' });
      await visitor.event('add_to_cart', { product: odd });
      await visitor.close();
    };
    const visitor = await open('en');
    await visitor.event('product_view', { product: 'kettle-glass' });
    const first = async () => (await visitor.ask('what goes with this?')).answer.products?.[0];
    await basket();
    const regretted = await open('en');
    await regretted.event('add_to_cart', { product: 'kettle-glass' });
    await regretted.event('add_to_cart', { product: odd });
    await regretted.event('remove_from_cart', { product: odd });
    // Two more products together, as a sign that the baskets have been counted since.
    for (let i = 0; i < 2; i += 1) {
      const other = await open('en');
      await other.event('add_to_cart', { product: 'pan-egg' });
      await other.event('purchase', { product: 'lamp-moon' });
    }
    const reader = await open('en');
    await reader.event('product_view', { product: 'pan-egg' });
    await until(async () => (await reader.ask('what goes with this?')).answer.products?.[0]?.id === 'lamp-moon', 'the baskets are counted');
    assert.notEqual((await first())?.id, odd, 'one basket is no habit');
    await basket();
    const card = await until(async () => {
      const found = await first();
      return found?.id === odd && found;
    }, 'the two go together');
    assert.ok(card.why.includes('often bought together'), JSON.stringify(card));
    await server.kill();
    await server.start();
    await visitor.open();
    await until(async () => (await first())?.id === odd, 'still so after a restart');
  });

  test('instead of what is out of stock, what can be had', async () => {
    const visitor = await open('ko');
    await visitor.event('product_view', { product: 'powerbank-mag-gray' });
    for (const question of ['이거 재고 있어요?', '이거 얼마예요?']) {
      const { answer } = await visitor.ask(question);
      assert.match(answer.text, /품절/);
      const others = answer.products.filter((card) => card.id !== 'powerbank-mag-gray');
      assert.ok(others.length > 0, question);
      for (const card of others) {
        assert.equal(card.availability, 'in_stock');
        assert.ok(card.why.includes('재고 있음'), JSON.stringify(card));
      }
    }
    const { answer } = await (await open('en')).ask('34 inch ultrawide curved monitor');
    assert.match(answer.text, /out of stock/i);
  });

  test('what a visitor looked at comes forward among goods that fit as well; what was asked for stays asked', async () => {
    const fresh = await open('ko');
    const { answer: usual } = await fresh.ask('무선 마우스 보여 주세요');
    const back = usual.products.at(-1).id;
    const visitor = await open('ko');
    await visitor.event('product_view', { product: back });
    const { answer: own } = await visitor.ask('무선 마우스 보여 주세요');
    assert.ok(ids(own).indexOf(back) < ids(usual).indexOf(back), `${ids(usual)} → ${ids(own)}`);
    assert.ok(own.products.find((card) => card.id === back).why.includes('보셨던 상품'));
    // An order that was asked for is that order.
    const { answer: cheapest } = await fresh.ask('제일 싼 무선 마우스');
    const { answer: same } = await visitor.ask('제일 싼 무선 마우스');
    assert.deepEqual(ids(same), ids(cheapest));
    // A reload keeps it.
    await visitor.reload();
    const { answer: later } = await visitor.ask('무선 마우스 보여 주세요');
    assert.deepEqual(ids(later), ids(own));
  });

  test('what was turned down is not shown again', async () => {
    const visitor = await open('en');
    const { answer: first } = await visitor.ask('show me wireless mice');
    const { answer: next } = await visitor.ask("I don't like the first one");
    assert.ok(next.products.length > 0, next.text);
    assert.ok(!ids(next).includes(first.products[0].id), ids(next).join());
    const { answer: again } = await visitor.ask('show me wireless mice');
    assert.notEqual(again.products[0].id, first.products[0].id);
  });
});
