// Money and times as people in Korea and elsewhere read them. Intl does the work; formatters are kept, since
// making one costs more than using it a hundred times.

import type { Locale, Money } from './wire';

const kept = new Map<string, unknown>();
function keep<T>(key: string, make: () => T): T {
  if (!kept.has(key)) kept.set(key, make());
  return kept.get(key) as T;
}

const tag = (locale: Locale): string => (locale === 'ko' ? 'ko-KR' : 'en-US');

export function formatMoney({ amount, currency }: Money, locale: Locale): string {
  // Koreans write prices as 12,900원; ₩ is for forms.
  if (currency === 'KRW' && locale === 'ko') return `${formatNumber(amount, locale)}원`;
  try {
    const format = keep(`m${locale}${currency}`, () => new Intl.NumberFormat(tag(locale), { style: 'currency', currency }));
    return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return `${amount} ${currency}`; // A currency code that Intl refuses.
  }
}

export function formatNumber(value: number, locale: Locale): string {
  return keep(`n${locale}`, () => new Intl.NumberFormat(tag(locale))).format(value);
}

/** 오후 3:05, 3:05 PM */
export function formatTime(at: string | Date, locale: Locale): string {
  return keep(`t${locale}`, () => new Intl.DateTimeFormat(tag(locale), { hour: 'numeric', minute: '2-digit' })).format(new Date(at));
}

/** 오늘, Yesterday, Friday 20 November … */
export function formatDay(at: string | Date, locale: Locale, now: Date = new Date()): string {
  const date = new Date(at);
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (days >= 0 && days < 2) {
    const words = keep(`r${locale}`, () => new Intl.RelativeTimeFormat(tag(locale), { numeric: 'auto' })).format(-days, 'day');
    return words[0]!.toUpperCase() + words.slice(1);
  }
  const withYear = date.getFullYear() !== now.getFullYear();
  return keep(
    `d${locale}${withYear}`,
    () =>
      new Intl.DateTimeFormat(tag(locale), {
        month: 'long',
        day: 'numeric',
        ...(withYear ? { year: 'numeric' } : { weekday: 'long' }),
      }),
  ).format(date);
}

/** A waiting time in seconds, rounded as one says it: 40초, 3 min, 1시간 5분. */
export function formatDuration(seconds: number, locale: Locale): string {
  const units = locale === 'ko' ? ['초', '분', '시간'] : [' s', ' min', ' h'];
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s}${units[0]}`;
  const minutes = Math.round(s / 60);
  if (minutes < 60) return `${minutes}${units[1]}`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}${units[2]}${rest ? ` ${rest}${units[1]}` : ''}`;
}

export function sameDay(a: string | Date, b: string | Date): boolean {
  return startOfDay(new Date(a)) === startOfDay(new Date(b));
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
