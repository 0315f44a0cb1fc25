// The cart and what follows it: a practice order form and its thanks.

import { useEffect, useRef, useState } from 'preact/hooks';

import { formatMoney } from '../shared/format';
import type { Money } from '../shared/wire';
import { type Line, clear, put, useCart } from './cart';
import { type Catalog, type Product, say } from './catalog';
import { tell } from './maru';
import { deliveryFee, freeDeliveryFrom } from './pages';
import { Empty, Quantity } from './parts';
import { go } from './router';
import { type Key, useWords } from './texts';

interface Bought {
  line: Line;
  product: Product;
}

function useBought(catalog: Catalog): { bought: Bought[]; items: number; fee: number; money: (amount: number) => Money } {
  const bought = useCart().flatMap((line) => {
    const product = catalog.byId.get(line.id);
    return product ? [{ line, product }] : [];
  });
  const items = bought.reduce((sum, { line, product }) => sum + line.quantity * product.price.amount, 0);
  const currency = bought[0]?.product.price.currency ?? 'KRW';
  return { bought, items, fee: items >= freeDeliveryFrom || items === 0 ? 0 : deliveryFee, money: (amount) => ({ amount, currency }) };
}

function Sum({ items, fee, money }: { items: number; fee: number; money: (amount: number) => Money }) {
  const { locale, t } = useWords();
  const rows: [Key, string][] = [
    ['subtotal', formatMoney(money(items), locale)],
    ['shipping', fee ? formatMoney(money(fee), locale) : t('free')],
    ['total', formatMoney(money(items + fee), locale)],
  ];
  return (
    <dl class="sum">
      {rows.map(([key, value]) => (
        <div key={key}>
          <dt>{t(key)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function EmptyCart() {
  const { t } = useWords();
  return (
    <Empty title={t('cartEmpty')}>
      <p class="actions">
        <a class="button" href="/">
          {t('goShopping')}
        </a>
      </p>
    </Empty>
  );
}

export function CartPage({ catalog }: { catalog: Catalog }) {
  const { locale, t } = useWords();
  const { bought, items, fee, money } = useBought(catalog);
  if (bought.length === 0) return <EmptyCart />;
  return (
    <>
      <h1>{t('cart')}</h1>
      <div class="columns">
        <ul class="lines" aria-label={t('items')}>
          {bought.map(({ line, product }) => {
            const title = say(product.title, locale);
            return (
              <li key={line.id}>
                <a href={`/products/${line.id}`} tabIndex={-1} aria-hidden="true">
                  <img src={product.image} alt="" width="96" height="96" />
                </a>
                <div>
                  <a href={`/products/${line.id}`}>{title}</a>
                  <p>{formatMoney(product.price, locale)}</p>
                  <div class="row">
                    <Quantity value={line.quantity} label={`${t('quantity')}: ${title}`} onChange={(quantity) => put(line.id, quantity)} />
                    <button
                      type="button"
                      class="link"
                      aria-label={t('removeOf', { title })}
                      onClick={() => {
                        put(line.id, 0);
                        tell('remove_from_cart', { product: line.id, value: money(product.price.amount * line.quantity) });
                      }}
                    >
                      {t('remove')}
                    </button>
                  </div>
                </div>
                <strong>{formatMoney(money(product.price.amount * line.quantity), locale)}</strong>
              </li>
            );
          })}
        </ul>
        <aside class="panel" aria-label={t('summary')}>
          <h2>{t('summary')}</h2>
          <Sum items={items} fee={fee} money={money} />
          {fee > 0 && <p class="hint">{t('freeFrom', { price: formatMoney(money(freeDeliveryFrom - items), locale) })}</p>}
          <a class="button strong wide" href="/checkout">
            {t('checkout')}
          </a>
        </aside>
      </div>
    </>
  );
}

const fields: [Key, string, string][] = [
  ['name', 'name', 'text'],
  ['phone', 'tel', 'tel'],
  ['address', 'street-address', 'text'],
];
const payments = ['card', 'transfer', 'easy'] as const;

export function Checkout({ catalog }: { catalog: Catalog }) {
  const { locale, t } = useWords();
  const { bought, items, fee, money } = useBought(catalog);
  const [missing, setMissing] = useState<string[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const started = useRef(false);
  useEffect(() => {
    if (started.current || items === 0) return;
    started.current = true;
    tell('checkout_start', { value: money(items + fee) });
  }, [items]);
  if (bought.length === 0) return <EmptyCart />;

  const pay = (event: Event): void => {
    event.preventDefault();
    const data = new FormData(form.current ?? undefined);
    const empty = fields.map(([key]) => key as string).filter((key) => !String(data.get(key) ?? '').trim());
    setMissing(empty);
    if (empty[0]) {
      form.current?.querySelector<HTMLInputElement>(`[name="${empty[0]}"]`)?.focus();
      return;
    }
    const total = money(items + fee);
    const day = new Date().toISOString().slice(0, 10).replace(/-/g, '');
    const order = `${day}-${String(1000 + Math.floor(Math.random() * 9000))}`;
    tell('purchase', { ...(bought.length === 1 && bought[0] ? { product: bought[0].line.id } : {}), value: total });
    clear();
    go(`/thanks?order=${order}&amount=${total.amount}`);
  };
  return (
    <>
      <h1>{t('checkoutTitle')}</h1>
      <p class="banner">{t('demo')}</p>
      <form class="columns" noValidate ref={form} onSubmit={pay}>
        <div class="fields">
          {fields.map(([key, autocomplete, type]) => (
            <label key={key}>
              <span>{t(key)}</span>
              <input
                name={key}
                type={type}
                autocomplete={autocomplete}
                required
                maxLength={120}
                aria-invalid={missing.includes(key)}
                aria-describedby={missing.includes(key) ? `missing-${key}` : undefined}
              />
              {missing.includes(key) && (
                <em id={`missing-${key}`}>{t('required')}</em>
              )}
            </label>
          ))}
          <fieldset>
            <legend>{t('payment')}</legend>
            {payments.map((key, i) => (
              <label key={key} class="check">
                <input type="radio" name="payment" value={key} defaultChecked={i === 0} />
                <span>{t(key)}</span>
              </label>
            ))}
          </fieldset>
        </div>
        <aside class="panel" aria-label={t('summary')}>
          <h2>{t('summary')}</h2>
          <ul class="brief">
            {bought.map(({ line, product }) => (
              <li key={line.id}>
                <span>{say(product.title, locale)}</span> <span>× {line.quantity}</span>
              </li>
            ))}
          </ul>
          <Sum items={items} fee={fee} money={money} />
          <button type="submit" class="button strong wide">
            {t('pay', { price: formatMoney(money(items + fee), locale) })}
          </button>
        </aside>
      </form>
    </>
  );
}

export function Thanks({ query }: { query: URLSearchParams }) {
  const { locale, t } = useWords();
  const order = /^\d{8}-\d{4}$/.exec(query.get('order') ?? '')?.[0] ?? '';
  const price = formatMoney({ amount: Number(query.get('amount')) || 0, currency: 'KRW' }, locale);
  return (
    <Empty title={t('thanks')} text={t('thanksText', { order, price })}>
      <p class="actions">
        <a class="button" href="/">
          {t('goShopping')}
        </a>
      </p>
    </Empty>
  );
}
