// The goods as GET /shop/catalog.json gives them, fetched once, and the questions pages ask about them.

import type { Locale, Money } from '../shared/wire';

type Text = Partial<Record<Locale, string>>;

export interface Product {
  id: string;
  title: Text;
  description?: Text;
  product_type: Text;
  brand: string | Text;
  price: Money;
  list_price?: Money;
  availability: string;
  image: string;
  link: string;
  rating?: number;
  popularity?: number;
  color?: Text;
  group?: string;
  attributes?: Partial<Record<Locale, Record<string, string>>>;
}

export interface Category {
  slug: string;
  name: Text;
  products: Product[]; // most popular first
  kinds: { name: Text; products: Product[] }[]; // the second level of the path
}

export interface Catalog {
  name: Text;
  products: Product[];
  categories: Category[];
  byId: Map<string, Product>;
}

export const say = (text: string | Text | undefined, locale: Locale): string =>
  typeof text === 'string' ? text : (text?.[locale] ?? text?.ko ?? text?.en ?? '');

const path = (type: Text, locale: Locale): string[] => say(type, locale).split(' > ');

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/&/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

export function arrange(products: Product[], name: Text): Catalog {
  const categories = new Map<string, Category>();
  for (const product of products) {
    const [ko = '', koKind = ko] = path(product.product_type, 'ko');
    const [en = '', enKind = en] = path(product.product_type, 'en');
    const slug = slugOf(en);
    let category = categories.get(slug);
    if (!category) categories.set(slug, (category = { slug, name: { ko, en }, products: [], kinds: [] }));
    category.products.push(product);
    let kind = category.kinds.find((known) => known.name.ko === koKind);
    if (!kind) category.kinds.push((kind = { name: { ko: koKind, en: enKind }, products: [] }));
    kind.products.push(product);
  }
  for (const category of categories.values()) category.products.sort(byPopularity);
  return { name, products, categories: [...categories.values()], byId: new Map(products.map((product) => [product.id, product])) };
}

export async function fetchCatalog(): Promise<Catalog> {
  const answer = await fetch('/shop/catalog.json', { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`catalog.json: ${answer.status}`);
  const { products, name } = (await answer.json()) as { products: Product[]; name: Text };
  return arrange(products, name);
}

export const byPopularity = (a: Product, b: Product): number => (b.popularity ?? 0) - (a.popularity ?? 0);

/** One product of each group: five colours of one mouse are one mouse in a list of favourites. */
export function oneOfEach(products: Product[]): Product[] {
  const seen = new Set<string>();
  return products.filter(({ id, group }) => {
    const key = group || id;
    return !seen.has(key) && seen.add(key);
  });
}

export const canBuy = (product: Product): boolean => product.availability !== 'out_of_stock';

/** Every word must be found; a hit in the title weighs most. */
export function find(catalog: Catalog, query: string): Product[] {
  const words = query.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const scored: [number, Product][] = [];
  for (const product of catalog.products) {
    const places: [string, number][] = [
      [`${product.title.ko ?? ''} ${product.title.en ?? ''}`, 5],
      [`${product.product_type.ko ?? ''} ${product.product_type.en ?? ''} ${say(product.brand, 'ko')} ${say(product.brand, 'en')}`, 3],
      [`${product.color?.ko ?? ''} ${product.color?.en ?? ''} ${Object.values(product.attributes?.ko ?? {}).join(' ')} ${Object.values(product.attributes?.en ?? {}).join(' ')}`, 2],
      [`${product.description?.ko ?? ''} ${product.description?.en ?? ''}`, 1],
    ];
    let score = product.popularity ?? 0;
    const found = words.every((word) => {
      const hit = places.find(([text]) => text.toLowerCase().includes(word));
      if (hit) score += hit[1];
      return hit !== undefined;
    });
    if (found) scored.push([score, product]);
  }
  return scored.sort((a, b) => b[0] - a[0]).map(([, product]) => product);
}

/** Other goods of the same kind, then of the same category. */
export function related(catalog: Catalog, product: Product, most: number): Product[] {
  const type = say(product.product_type, 'ko');
  const [top = ''] = path(product.product_type, 'ko');
  const others = catalog.products.filter((other) => (product.group ? other.group !== product.group : other.id !== product.id));
  const near = others.filter((other) => say(other.product_type, 'ko') === type).sort(byPopularity);
  const far = others.filter((other) => say(other.product_type, 'ko').startsWith(`${top} >`) && !near.includes(other)).sort(byPopularity);
  return oneOfEach([...near, ...far]).slice(0, most);
}

export const variants = (catalog: Catalog, product: Product): Product[] =>
  product.group ? catalog.products.filter((other) => other.group === product.group) : [];

export const kindPath = path;
export { slugOf };
