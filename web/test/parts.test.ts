import { describe, expect, it } from 'vitest';

import { backoff } from '../shared/backoff';
import { formatDay, formatDuration, formatMoney } from '../shared/format';
import { fill, pickLocale } from '../shared/i18n';
import { contrast, inkOn, parseColour, readableOn, type Rgb } from '../widget/colour';
import { linkify } from '../widget/links';
import { speaking, texts, type TextKey } from '../widget/texts';
import { merge, place } from '../widget/timeline';
import { initials } from '../widget/ui/avatar';
import { message } from './fakes';

describe('backoff', () => {
  it('doubles its ceiling, never exceeds the most, never is nothing', () => {
    const most = (attempt: number) => backoff(attempt, { random: () => 0.999999 });
    expect([0, 1, 2, 3].map(most)).toEqual([600, 1200, 2400, 4800]);
    expect(most(50)).toBe(20_000);
    expect(backoff(0, { random: () => 0 })).toBe(150);
  });
});

describe('links', () => {
  const cases: [string, string[]][] = [
    ['no link', []],
    ['see https://a.kr/x?y=1.', ['https://a.kr/x?y=1']],
    ['(https://a.kr/x)', ['https://a.kr/x']],
    ['https://en.wikipedia.org/wiki/Maru_(hall)', ['https://en.wikipedia.org/wiki/Maru_(hall)']],
    ['https://a.kr/guide에서 보세요', ['https://a.kr/guide']],
    ['www.shop.kr, or help@shop.kr', ['https://www.shop.kr', 'mailto:help@shop.kr']],
    ['전화 02-1234-5678, 1588-1234', ['tel:02-1234-5678', 'tel:1588-1234']],
    ['주문 20240101-0012-3456-7890', []],
    ['javascript:alert(1) data:text/html,x', []],
    ['<a href="https://a.kr">x</a>', ['https://a.kr']],
  ];
  it.each(cases)('%s', (text, hrefs) => {
    const pieces = linkify(text);
    expect(pieces.flatMap((piece) => piece.href ?? [])).toEqual(hrefs);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
  });
  it('stays quick on hostile text', () => {
    const start = performance.now();
    for (const flood of ['a.'.repeat(50_000), 'www.'.repeat(25_000), '@'.repeat(100_000), 'https://'.repeat(12_000), 'a@a.'.repeat(25_000)]) linkify(flood);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe('colour', () => {
  it.each(['#0f6b5c', '#ffd400', '#fff', '#000', '#ff5a5f', '#8ab4f8', '#777'])('%s is readable on and as text', (text) => {
    const colour = parseColour(text)!;
    expect(contrast(inkOn(colour), colour)).toBeGreaterThanOrEqual(4.5);
    for (const ground of [[255, 255, 255], [30, 33, 35]] as Rgb[]) {
      expect(contrast(readableOn(colour, ground), ground)).toBeGreaterThanOrEqual(4.5);
    }
  });
  it('takes nothing but hex', () => {
    for (const text of ['red', 'url(x)', '#12', '#1234567', '', null]) expect(parseColour(text)).toBeUndefined();
  });
});

describe('timeline', () => {
  it('merges by seq', () => {
    expect(merge([message(2), message(3)], [message(1), message(3)]).map((m) => m.seq)).toEqual([1, 2, 3]);
  });
  it('groups by sender, day and pause', () => {
    const at = (text: string, role: 'bot' | 'visitor' = 'bot') => message(1, { at: new Date(text).toISOString(), from: { role } });
    const a = at('2026-11-21T10:00:00'), b = at('2026-11-21T10:01:00'), c = at('2026-11-21T10:09:00'), v = at('2026-11-21T10:09:30', 'visitor'), d = at('2026-11-22T00:00:00', 'visitor');
    expect(place(undefined, a, b)).toEqual({ day: true, first: true, last: false });
    expect(place(a, b, c)).toEqual({ day: false, first: false, last: true });
    expect(place(b, c, v)).toEqual({ day: false, first: true, last: true });
    expect(place(v, d, undefined)).toEqual({ day: true, first: true, last: true });
  });
});

describe('texts', () => {
  it('says everything in both languages with the same places to fill', () => {
    const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
    for (const [key, [en, ko]] of Object.entries(texts)) {
      expect(en, key).not.toBe('');
      expect(places(ko), key).toEqual(places(en));
      // The way to the other language is written in that language.
      if (key !== 'language') {
        expect(en, key).not.toMatch(/[가-힣]/);
        expect(ko, key).toMatch(/[가-힣]/);
      }
    }
  });
  it('fills in', () => {
    expect(speaking('ko')('position' as TextKey, { n: 3 })).toBe('대기 순서 3번째');
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}');
  });
  it('picks a language', () => {
    expect(pickLocale(null, undefined, 'fr', 'ko-KR')).toBe('ko');
    expect(pickLocale('en', 'ko')).toBe('en');
    expect(pickLocale('fr')).toBe('en');
  });
  it('shortens names', () => {
    expect(['김민지', '남궁민수', '이진', 'Grace Hopper', 'agent'].map(initials)).toEqual(['민지', '민수', '이진', 'GH', 'A']);
  });
});

describe('format', () => {
  it('writes money as the country does', () => {
    expect(formatMoney({ amount: 12900, currency: 'KRW' }, 'ko')).toBe('12,900원');
    expect(formatMoney({ amount: 12900, currency: 'KRW' }, 'en')).toBe('₩12,900');
    expect(formatMoney({ amount: 1999, currency: 'USD' }, 'en')).toBe('$19.99');
    expect(formatMoney({ amount: 5, currency: 'nonsense' }, 'en')).toBe('5 nonsense');
  });
  it('writes days and durations', () => {
    const now = new Date(2026, 10, 21, 12);
    expect(formatDay(now, 'ko', now)).toBe('오늘');
    expect(formatDay(new Date(2026, 10, 20, 23), 'en', now)).toBe('Yesterday');
    expect(formatDay(new Date(2025, 10, 20), 'en', now)).toContain('2025');
    expect([40, 100, 3900].map((s) => formatDuration(s, 'ko'))).toEqual(['40초', '2분', '1시간 5분']);
    expect(formatDuration(3600, 'en')).toBe('1 h');
  });
});
