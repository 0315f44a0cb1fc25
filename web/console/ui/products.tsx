import { formatMoney } from '../../shared/format';
import type { Product } from '../../shared/wire';
import { useShell } from './context';

/** The shop's own page of a product; anything but http(s) is no link. */
function safe(link: string | undefined): string | undefined {
  if (!link) return undefined;
  try {
    const url = new URL(link, location.origin);
    return /^https?:$/.test(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Its name, and where the shop shows it. */
export function Title({ product }: { product: Product }) {
  const link = safe(product.link);
  return link ? (
    <a class="product-title" href={link} target="_blank" rel="noreferrer noopener">
      {product.title}
    </a>
  ) : (
    <span class="product-title">{product.title}</span>
  );
}

export function Card({ product, children }: { product: Product; children?: preact.ComponentChildren }) {
  const { t, locale } = useShell();
  const was = product.list_price && product.list_price.amount > product.price.amount ? product.list_price : undefined;
  return (
    <div class="product">
      {/* Other people's pictures stay out: the console asks nobody but its own server. */}
      {product.image && safe(product.image)?.startsWith(`${location.origin}/`) ? <img src={product.image} alt="" loading="lazy" width="56" height="56" /> : <span class="product-blank" />}
      <div class="product-text">
        <Title product={product} />
        <span class="product-price">
          <strong>{formatMoney(product.price, locale)}</strong>
          {was && (
            <s>
              <span class="hidden">{t('was')} </span>
              {formatMoney(was, locale)}
            </s>
          )}
          {/out/.test(product.availability) && <span class="tag">{t('soldOut')}</span>}
        </span>
      </div>
      {children}
    </div>
  );
}
