// Pieces that several pages share.

import type { ComponentChildren } from 'preact';

import { formatMoney } from '../shared/format';
import { type Product, say } from './catalog';
import { tell } from './maru';
import { type Key, useWords } from './texts';

export function Price({ product, large = false }: { product: Product; large?: boolean }) {
  const { locale, t } = useWords();
  const { price, list_price: full } = product;
  const percent = full && full.amount > price.amount ? Math.round((1 - price.amount / full.amount) * 100) : 0;
  return (
    <p class={large ? 'price large' : 'price'}>
      {percent > 0 && full && (
        <>
          <span class="off" aria-label={t('off', { percent })}>
            {locale === 'en' && '−'}
            {percent}%
          </span>{' '}
        </>
      )}
      <span class="hidden">{t('now')} </span>
      <strong>{formatMoney(price, locale)}</strong>
      {percent > 0 && full && (
        <>
          {' '}
          <span class="hidden">{t('was')} </span>
          <s>{formatMoney(full, locale)}</s>
        </>
      )}
    </p>
  );
}

export function Stars({ rating }: { rating: number | undefined }) {
  const { t } = useWords();
  if (rating === undefined) return null;
  return (
    <span class="stars" role="img" aria-label={t('rating', { rating: rating.toFixed(1) })}>
      <svg viewBox="0 0 20 20" width="14" height="14" aria-hidden="true">
        <path d="M10 1.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8L10 14.9l-5.2 2.7 1-5.8L1.6 7.7l5.8-.8z" fill="currentColor" />
      </svg>
      {rating.toFixed(1)}
    </span>
  );
}

const stateKey = (availability: string): Key =>
  availability === 'out_of_stock' || availability === 'preorder' || availability === 'backorder' ? availability : 'in_stock';

export function Availability({ product }: { product: Product }) {
  const { t } = useWords();
  const state = stateKey(product.availability);
  return <span class={`state ${state}`}>{t(state)}</span>;
}

export function Card({ product, eager = false }: { product: Product; eager?: boolean }) {
  const { locale } = useWords();
  return (
    <li class="card">
      <a href={`/products/${product.id}`} onClick={() => tell('product_click', { product: product.id })}>
        <div class={product.availability === 'out_of_stock' ? 'frame sold' : 'frame'}>
          <img src={product.image} alt="" width="400" height="400" loading={eager ? 'eager' : 'lazy'} />
          {product.availability !== 'in_stock' && <Availability product={product} />}
        </div>
        <p class="brand">{say(product.brand, locale)}</p>
        <h3>{say(product.title, locale)}</h3>
        <Price product={product} />
        <Stars rating={product.rating} />
      </a>
    </li>
  );
}

export function Shelf({ title, more, products, id }: { title: string; more?: string; products: Product[]; id?: string }) {
  const { t } = useWords();
  if (products.length === 0) return null;
  return (
    <section class="shelf" {...(id ? { id } : {})} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {more && (
          <a href={more} aria-label={`${title}: ${t('all')}`}>
            {t('all')} <span aria-hidden="true">›</span>
          </a>
        )}
      </header>
      <ul class="cards">
        {products.map((product) => (
          <Card key={product.id} product={product} />
        ))}
      </ul>
    </section>
  );
}

export function Quantity({ value, label, onChange }: { value: number; label: string; onChange: (value: number) => void }) {
  const { t } = useWords();
  return (
    <div class="quantity" role="group" aria-label={label}>
      <button type="button" aria-label={t('less')} disabled={value <= 1} onClick={() => onChange(value - 1)}>
        −
      </button>
      <output aria-live="polite">{value}</output>
      <button type="button" aria-label={t('more')} disabled={value >= 99} onClick={() => onChange(value + 1)}>
        +
      </button>
    </div>
  );
}

export function Trail({ steps }: { steps: { name: string; href?: string }[] }) {
  const { t } = useWords();
  return (
    <nav class="trail" aria-label={t('menu')}>
      <ol>
        <li>
          <a href="/">{t('home')}</a>
        </li>
        {steps.map(({ name, href }) => (
          <li key={name}>{href ? <a href={href}>{name}</a> : <span aria-current="page">{name}</span>}</li>
        ))}
      </ol>
    </nav>
  );
}

export function Empty({ title, text, children }: { title: string; text?: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h1>{title}</h1>
      {text && <p>{text}</p>}
      {children}
    </div>
  );
}
