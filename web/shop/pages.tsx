// Home, lists and product pages.

import { useEffect, useMemo, useState } from 'preact/hooks';

import { formatMoney } from '../shared/format';
import { add } from './cart';
import { type Catalog, type Category, type Product, byPopularity, canBuy, find, kindPath, oneOfEach, related, say, slugOf, variants } from './catalog';
import { openChat, tell } from './maru';
import { Availability, Card, Empty, Price, Quantity, Shelf, Stars, Trail } from './parts';
import { type Place, go } from './router';
import { useWords } from './texts';

export const freeDeliveryFrom = 50_000;
export const deliveryFee = 3_000;

export function Home({ catalog }: { catalog: Catalog }) {
  const { locale, t } = useWords();
  const favourites = useMemo(() => oneOfEach([...catalog.products].sort(byPopularity)).filter(canBuy), [catalog]);
  const sale = favourites.filter(({ list_price: full }) => full).slice(8, 16);
  const gifts = favourites.filter(({ attributes }) => Object.values(attributes?.ko ?? {}).some((value) => value.includes('집들이'))).slice(0, 8);
  const hero = ['lamp-moon', 'speaker-maru-walnut', 'kettle-drip-cream', 'keyboard-m87-cream']
    .map((id) => catalog.byId.get(id))
    .filter((product): product is Product => product !== undefined);
  return (
    <>
      <section class="hero" aria-labelledby="hero-title">
        <div>
          <p class="kicker">{t('heroKicker')}</p>
          <h1 id="hero-title">{t('heroTitle')}</h1>
          <p>{t('heroText')}</p>
          <p class="actions">
            <a class="button" href="#popular">
              {t('heroButton')}
            </a>
            <button type="button" class="button quiet" onClick={openChat}>
              {t('heroChat')}
            </button>
          </p>
        </div>
        <ul class="mosaic">
          {hero.map((product) => (
            <li key={product.id}>
              <a href={`/products/${product.id}`} onClick={() => tell('product_click', { product: product.id })}>
                <img src={product.image} alt={say(product.title, locale)} width="400" height="400" />
              </a>
            </li>
          ))}
        </ul>
      </section>
      <ul class="benefits" aria-label={t('benefits')}>
        {([1, 2, 3] as const).map((n) => (
          <li key={n}>
            <strong>{t(`benefit${n}`, { price: formatMoney({ amount: freeDeliveryFrom, currency: 'KRW' }, locale) })}</strong>
            <span>{t(`benefit${n}Text`)}</span>
          </li>
        ))}
      </ul>
      <Shelf id="popular" title={t('popular')} products={favourites.slice(0, 8)} />
      <section class="shelf" aria-label={t('categories')}>
        <header>
          <h2>{t('categories')}</h2>
        </header>
        <ul class="tiles">
          {catalog.categories.map((category) => (
            <li key={category.slug}>
              <a href={`/c/${category.slug}`}>
                <img src={category.products[0]?.image} alt="" width="400" height="400" loading="lazy" />
                <span>{say(category.name, locale)}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      <Shelf title={t('sale')} products={sale} />
      <Shelf title={t('gifts')} products={gifts} more={`/search?q=${encodeURIComponent(locale === 'ko' ? '집들이' : 'housewarming')}`} />
    </>
  );
}

const orders = {
  popular: byPopularity,
  low: (a: Product, b: Product) => a.price.amount - b.price.amount,
  high: (a: Product, b: Product) => b.price.amount - a.price.amount,
  rating: (a: Product, b: Product) => (b.rating ?? 0) - (a.rating ?? 0),
};
type Order = keyof typeof orders;
const priceSteps = [20_000, 50_000, 100_000, 200_000, 300_000];

// What is filtered stands in the address, so that a list can be shared and survives "back".
export function List({ products, title, place, category }: { products: Product[]; title: string; place: Place; category?: Category }) {
  const { locale, t } = useWords();
  const { query } = place;
  const asked = query.get('sort');
  const order: Order = asked && asked in orders ? (asked as Order) : 'popular';
  const limit = Number(query.get('max')) || Infinity;
  const least = Number(query.get('min')) || 0;
  const kind = query.get('kind') ?? '';
  const stock = query.get('stock') === '1';
  const set = (name: string, value: string): void => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    const text = next.toString();
    go(place.path + (text && `?${text}`), 'replace');
  };
  const shown = products
    .filter(({ price }) => price.amount <= limit && price.amount >= least)
    .filter((product) => !kind || kindPath(product.product_type, 'en')[1] === kind)
    .filter((product) => !stock || canBuy(product));
  if (order !== 'popular' || category) shown.sort(orders[order]);
  const money = (amount: number): string => formatMoney({ amount, currency: products[0]?.price.currency ?? 'KRW' }, locale);
  const filtered = limit !== Infinity || least > 0 || kind !== '' || stock;
  return (
    <>
      <Trail steps={[{ name: title }]} />
      <h1>{title}</h1>
      {category && category.kinds.length > 1 && (
        <div class="kinds" role="group" aria-label={t('kind')}>
          {[{ name: { ko: t('anyKind'), en: t('anyKind') }, value: '' }, ...category.kinds.map(({ name }) => ({ name, value: name.en ?? '' }))].map(
            ({ name, value }) => (
              <button type="button" key={value} aria-pressed={kind === value} onClick={() => set('kind', value)}>
                {say(name, locale)}
              </button>
            ),
          )}
        </div>
      )}
      <div class="filters">
        <p role="status">{t('found', { count: shown.length })}</p>
        <label>
          <span>{t('price')}</span>
          <select
            aria-label={t('price')}
            value={least ? `-${least}` : limit === Infinity ? '' : String(limit)}
            onChange={(event) => {
              const { value } = event.currentTarget;
              const next = new URLSearchParams(query);
              next.delete('min');
              next.delete('max');
              if (value) next.set(value.startsWith('-') ? 'min' : 'max', value.replace('-', ''));
              const text = next.toString();
              go(place.path + (text && `?${text}`), 'replace');
            }}
          >
            <option value="">{t('anyPrice')}</option>
            {priceSteps.map((step) => (
              <option key={step} value={String(step)}>
                {t('upTo', { price: money(step) })}
              </option>
            ))}
            <option value="-300000">{t('from', { price: money(300_000) })}</option>
          </select>
        </label>
        <label>
          <span>{t('sort')}</span>
          <select aria-label={t('sort')} value={order} onChange={(event) => set('sort', event.currentTarget.value === 'popular' ? '' : event.currentTarget.value)}>
            <option value="popular">{t('byPopular')}</option>
            <option value="low">{t('byLow')}</option>
            <option value="high">{t('byHigh')}</option>
            <option value="rating">{t('byRating')}</option>
          </select>
        </label>
        <label class="check">
          <input type="checkbox" checked={stock} onChange={(event) => set('stock', event.currentTarget.checked ? '1' : '')} />
          <span>{t('inStockOnly')}</span>
        </label>
      </div>
      {shown.length > 0 ? (
        <ul class="cards" aria-label={t('sorted')}>
          {shown.map((product, i) => (
            <Card key={product.id} product={product} eager={i < 8} />
          ))}
        </ul>
      ) : (
        <div class="empty">
          <p>
            <strong>{t('nothing')}</strong>
            <br />
            {t('nothingHint')}
          </p>
          <p class="actions">
            {filtered && (
              <button
                type="button"
                class="button"
                onClick={() => go(place.path + (query.get('q') ? `?q=${encodeURIComponent(query.get('q') ?? '')}` : ''), 'replace')}
              >
                {t('reset')}
              </button>
            )}
            <button type="button" class="button quiet" onClick={openChat}>
              {t('chat')}
            </button>
          </p>
        </div>
      )}
    </>
  );
}

export function Search({ catalog, place }: { catalog: Catalog; place: Place }) {
  const { t } = useWords();
  const query = (place.query.get('q') ?? '').slice(0, 200);
  const products = useMemo(() => find(catalog, query), [catalog, query]);
  return <List products={products} title={t('results', { query })} place={place} />;
}

export function ProductPage({ catalog, product }: { catalog: Catalog; product: Product }) {
  const { locale, t } = useWords();
  const [quantity, setQuantity] = useState(1);
  const [added, setAdded] = useState(false);
  useEffect(() => {
    setQuantity(1);
    setAdded(false);
    tell('product_view', { product: product.id });
  }, [product.id]);

  const title = say(product.title, locale);
  const [top = '', kind] = kindPath(product.product_type, locale);
  const slug = slugOf(kindPath(product.product_type, 'en')[0] ?? '');
  const kindName = kindPath(product.product_type, 'en')[1];
  const colours = variants(catalog, product);
  const attributes = Object.entries(product.attributes?.[locale] ?? product.attributes?.ko ?? {});
  const sum = product.price.amount * quantity;
  const fee =
    sum >= freeDeliveryFrom ? t('free') : t('fee', { price: formatMoney({ amount: deliveryFee, currency: product.price.currency }, locale) });
  const toCart = (): void => {
    add(product.id, quantity);
    setAdded(true);
    tell('add_to_cart', { product: product.id, value: { amount: sum, currency: product.price.currency } });
  };
  return (
    <>
      <Trail
        steps={[
          { name: top, href: `/c/${slug}` },
          ...(kind && kindName && kind !== top ? [{ name: kind, href: `/c/${slug}?kind=${encodeURIComponent(kindName)}` }] : []),
          { name: title },
        ]}
      />
      <article class="product">
        <div class={canBuy(product) ? 'picture' : 'picture sold'}>
          <img src={product.image} alt={title} width="400" height="400" />
        </div>
        <div class="facts">
          <p class="brand">{say(product.brand, locale)}</p>
          <h1>{title}</h1>
          <p class="meta">
            <Stars rating={product.rating} /> <Availability product={product} />
          </p>
          <Price product={product} large />
          <p class="lead">{say(product.description, locale)}</p>
          {colours.length > 1 && (
            <nav class="colours" aria-label={t('colors')}>
              {colours.map((other) => (
                <a key={other.id} href={`/products/${other.id}`} {...(other.id === product.id ? { 'aria-current': 'true' as const } : {})}>
                  <img src={other.image} alt="" width="56" height="56" />
                  <span>{say(other.color, locale)}</span>
                </a>
              ))}
            </nav>
          )}
          <dl class="ship">
            <dt>{t('delivery')}</dt>
            <dd>{t('deliveryText', { fee })}</dd>
          </dl>
          {canBuy(product) && <Quantity value={quantity} label={t('quantity')} onChange={setQuantity} />}
          <p class="actions">
            <button type="button" class="button" disabled={!canBuy(product)} onClick={toCart}>
              {canBuy(product) ? t('addToCart') : t('out_of_stock')}
            </button>
            {canBuy(product) && (
              <button
                type="button"
                class="button strong"
                onClick={() => {
                  toCart();
                  go('/cart');
                }}
              >
                {t('buyNow')}
              </button>
            )}
            <button type="button" class="button quiet" onClick={openChat}>
              {t('ask')}
            </button>
          </p>
          <p class="notice" role="status">
            {added && (
              <>
                {t('added')} <a href="/cart">{t('viewCart')}</a>
              </>
            )}
          </p>
        </div>
      </article>
      <section class="details">
        <h2>{t('details')}</h2>
        <table>
          <tbody>
            <tr>
              <th scope="row">{t('brand')}</th>
              <td>{say(product.brand, locale)}</td>
            </tr>
            {attributes.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{value}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('number')}</th>
              <td>{product.id}</td>
            </tr>
          </tbody>
        </table>
      </section>
      <Shelf title={t('related')} products={related(catalog, product, 4)} />
    </>
  );
}

export function NotFound() {
  const { t } = useWords();
  return (
    <Empty title={t('notFound')} text={t('notFoundText')}>
      <p class="actions">
        <a class="button" href="/">
          {t('goShopping')}
        </a>
      </p>
    </Empty>
  );
}
