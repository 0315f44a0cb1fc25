// Texts of the faces in Korean and English. A table is two objects with the same keys; {name} marks a place.
//   const texts = { en: { hi: 'Hello {name}' }, ko: { hi: '{name}님, 안녕하세요' } };
//   const t = translator(texts, 'ko'); t('hi', { name: '민지' })

import type { Locale } from './wire';

export type Table<Key extends string> = Record<Locale, Record<Key, string>>;
export type Translate<Key extends string> = (key: Key, values?: Record<string, string | number>) => string;

export function translator<Key extends string>(table: Table<Key>, locale: Locale): Translate<Key> {
  return (key, values) => fill(table[locale][key], values);
}

export function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

/** The first of the wishes that is a language we speak ("ko-KR" is Korean), else English. */
export function pickLocale(...wishes: (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = wish?.slice(0, 2).toLowerCase();
    if (language === 'ko' || language === 'en') return language;
  }
  return 'en';
}
