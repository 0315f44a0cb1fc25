// A message's comparison as both faces show it: what differs in rows, what is the same in one line.

import { formatMoney } from './format';
import type { ComparisonRow, Message } from './wire';

export interface Compared {
  differing: ComparisonRow[];
  same: ComparisonRow[];
}

/** Undefined where there is none, or none that fits its products: then the message's text says it all. */
export function compared({ comparison, products = [] }: Pick<Message, 'comparison' | 'products'>): Compared | undefined {
  const rows: unknown = comparison?.rows;
  const count = products.length;
  if (count < 2 || count > 4 || !Array.isArray(rows) || !rows.length || !rows.every((row) => fits(row, count))) return undefined;
  // The columns' heads have the prices.
  const isPrice = (locale: 'en' | 'ko') => (value: string, i: number) => value === formatMoney(products[i]!.price, locale);
  const shown = (rows as ComparisonRow[]).filter(({ values }) => !values.every(isPrice('ko')) && !values.every(isPrice('en')));
  return { differing: shown.filter((row) => row.differs), same: shown.filter((row) => !row.differs) };
}

function fits(row: Partial<Record<keyof ComparisonRow, unknown>> | null, count: number): boolean {
  const { name, values, differs } = row ?? {};
  return typeof name === 'string' && typeof differs === 'boolean' && Array.isArray(values) && values.length === count && values.every((value) => typeof value === 'string');
}
