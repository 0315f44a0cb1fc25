import { describe, expect, it } from 'vitest';

import { compared } from '../shared/comparison';
import type { Comparison, Product } from '../shared/wire';
import { comparison as table } from '../widget/ui/comparison';
import type { Screen } from '../widget/ui/screen';
import { speaking } from '../widget/texts';
import { message } from './fakes';
import { html } from './html';

const product = (id: string, amount: number, change: Partial<Product> = {}): Product => ({
  id,
  title: `Mouse ${id}`,
  price: { amount, currency: 'KRW' },
  availability: 'in_stock',
  ...change,
});
const products = [product('q30', 24900), product('q50', 42900)];
const row = (name: string, values: string[], differs: boolean) => ({ name, values, differs });
const rows = [row('가격', ['24,900원', '42,900원'], true), row('무게', ['82 g', ''], true), row('보증', ['1년', '1년'], false)];
const asked = (rows: unknown, of = products) => compared(message(1, { products: of, comparison: { rows } as Comparison }));

describe('what is compared', () => {
  it('is apart by what differs; the price stands in the heads', () => {
    expect(asked(rows)).toEqual({ differing: [rows[1]], same: [rows[2]] });
    expect(asked([row('Price', ['₩24,900', '₩42,900'], true), rows[1]])?.differing).toEqual([rows[1]]);
    // A price that is not the head's says something else.
    expect(asked([row('정가', ['29,900원', '42,900원'], true)])?.differing).toHaveLength(1);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['no list', { length: 2 }],
    ['no rows', []],
    ['a null among the rows', [rows[1], null]],
    ['a row that is a text', ['무게']],
    ['too few values', [row('무게', ['82 g'], true)]],
    ['too many values', [row('무게', ['82 g', '96 g', '99 g'], true)]],
    ['a value that is no text', [row('무게', [82, 96] as unknown as string[], true)]],
    ['no name', [{ values: ['a', 'b'], differs: true }]],
    ['nothing said of differing', [{ name: '무게', values: ['a', 'b'] }]],
  ])('is nothing when it does not fit: %s', (_, wrong) => {
    expect(asked(wrong)).toBeUndefined();
  });

  it('is nothing without its two to four products', () => {
    expect(compared(message(1))).toBeUndefined();
    expect(compared(message(1, { comparison: { rows } }))).toBeUndefined();
    for (const count of [1, 5]) {
      const many = Array.from({ length: count }, (_, i) => product(String(i), 1000 + i));
      expect(asked([row('무게', many.map((one) => one.id), true)], many)).toBeUndefined();
    }
  });
});

describe('the table', () => {
  const drawn = (locale: 'en' | 'ko', list = products, lines: unknown = rows) =>
    html(table({ t: speaking(locale), view: { locale }, origin: 'https://chat.example', chat: {} } as unknown as Screen, list, asked(lines, list)!));

  it('has the products as columns, what differs as rows, what is the same in one line', () => {
    const out = drawn('ko');
    expect(out.match(/<th scope="col">/g)).toHaveLength(2);
    expect(out).toContain('<span class="title">Mouse q30</span><b>24,900원</b>');
    expect(out.match(/<th scope="row">[^<]*/g)).toEqual(['<th scope="row">무게']);
    expect(out).toContain('<td>82 g</td>');
    expect(out).toContain('<b>모두 같음</b><span>보증 <b>1년</b></span>');
    expect(out).toContain('<th>다른 점</th>');
  });

  it('says what is not known, not only by a dash', () => {
    expect(drawn('ko')).toContain('<td><span aria-hidden="true">–</span><span class="hidden">정보 없음</span></td>');
    expect(drawn('en')).toContain('<span class="hidden">Not known</span>');
  });

  it('has no empty parts', () => {
    expect(drawn('en', products, [rows[1]])).not.toContain('Same in all');
    const same = drawn('en', products, [rows[2]]);
    expect(same).not.toContain('What differs');
    expect(same).not.toContain('scope="row"');
  });

  it('keeps names and values as texts', () => {
    const out = drawn('en', products, [row('<img src=x>', ['<b>1</b>', '&'], true)]);
    expect(out).toContain('<th scope="row">&lt;img src=x></th><td>&lt;b>1&lt;/b></td><td>&amp;</td>');
  });
});
