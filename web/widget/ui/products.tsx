import type { ComponentChildren } from 'preact';

import { formatMoney, formatNumber } from '../../shared/format';
import type { Product } from '../../shared/wire';
import * as icons from './icons';
import type { Screen } from './screen';

export function products(s: Screen, list: Product[]) {
  const { t } = s;
  // Which arrows lead somewhere is told to the style sheet; no redraw for a scroll.
  const look = (strip: HTMLElement) => {
    const { classList } = strip.parentElement!;
    classList.toggle('start', strip.scrollLeft < 8);
    classList.toggle('end', strip.scrollLeft + strip.clientWidth > strip.scrollWidth - 8);
  };
  const arrow = (side: 'left' | 'right', by: number, label: string) => (
    <button
      class={`page ${side}`}
      aria-label={label}
      onClick={(event) => {
        const strip = event.currentTarget.parentElement!.firstElementChild!;
        strip.scrollBy({ left: by * strip.clientWidth * 0.75, behavior: 'smooth' });
      }}
    >
      {icons[side]()}
    </button>
  );
  return (
    <div class="products start">
      <ul
        ref={(strip) => {
          if (strip) look(strip);
        }}
        onScroll={(event) => look(event.currentTarget)}
        aria-label={t('products')}
      >
        {list.map((product) => card(s, product))}
      </ul>
      {arrow('left', -1, t('before'))}
      {arrow('right', 1, t('after'))}
    </div>
  );
}

const availabilities = ['in_stock', 'out_of_stock', 'preorder', 'backorder'] as const;

function card(s: Screen, product: Product) {
  const { view, t } = s;
  const { id, title, brand, price, list_price, why, rating } = product;
  const { locale } = view;
  const availability = availabilities.find((one) => one === product.availability.replace(/ /g, '_'));
  const was = list_price && list_price.currency === price.currency && list_price.amount > price.amount && list_price;

  return (
    <li key={id} class="card">
      {way(
        s,
        product,
        <>
          {picture(s, product)}
          <span class="about">
            {brand && <span class="brand">{brand}</span>}
            <span class="title">{title}</span>
            <span class="price">
              <b>{formatMoney(price, locale)}</b>{' '}
              {was && (
                <s>
                  <span class="hidden">{t('was')} </span>
                  {formatMoney(was, locale)}
                </s>
              )}
            </span>
            <span class="facts">
              {availability && <span class={availability}>{t(availability)}</span>}
              {rating ? (
                <span>
                  <span aria-hidden="true">★ {formatNumber(rating, locale)}</span>
                  <span class="hidden">{t('stars', { n: rating })}</span>
                </span>
              ) : null}
            </span>
            {why?.length ? (
              <span class="why">
                {why.slice(0, 3).map((reason) => (
                  <span>{reason}</span>
                ))}
              </span>
            ) : null}
          </span>
        </>,
      )}
    </li>
  );
}

/** What stands for a product, and the way to its page. */
export function way({ chat, t }: Screen, product: Product, shown: ComponentChildren) {
  const { id, price } = product;
  const link = product.link && safeLink(product.link);
  const away = link && new URL(link).origin !== location.origin;
  const clicked = (event: MouseEvent) => {
    chat.event('product_click', { product: id, value: price });
    // A page that draws its own views may take the link over.
    const detail = { href: link, product: id };
    if (!dispatchEvent(new CustomEvent('maru:link', { detail, cancelable: true }))) event.preventDefault();
  };
  const Way = link ? 'a' : 'div';
  return (
    <Way class="way" {...(link && { href: link, onClick: clicked })} {...(away && { target: '_blank', rel: 'noopener', title: t('newWindow') })}>
      {shown}
    </Way>
  );
}

export const picture = ({ origin }: Screen, { image }: Product) => (
  <span class={`picture${image ? '' : ' none'}`}>
    {image && (
      <img
        src={new URL(image, origin).href}
        alt=""
        loading="lazy"
        onError={(event) => event.currentTarget.parentElement!.classList.add('none')}
      />
    )}
  </span>
);

/** Only http and https; a link of the feed is relative to the shop's page. */
export function safeLink(link: string): string | undefined {
  try {
    const url = new URL(link, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}
