import type { Compared } from '../../shared/comparison';
import { comparisonTable } from '../../shared/comparison-table';
import { formatMoney } from '../../shared/format';
import type { Product } from '../../shared/wire';
import { picture, way } from './products';
import type { Screen } from './screen';

/** Products side by side, each with its picture and the way to its page. */
export function comparison(s: Screen, products: Product[], compared: Compared) {
  const heads = products.map((product) =>
    way(
      s,
      product,
      <>
        {picture(s, product)}
        <span class="title">{product.title}</span>
        <b>{formatMoney(product.price, s.view.locale)}</b>
      </>,
    ),
  );
  return comparisonTable(s.t, heads, compared);
}
