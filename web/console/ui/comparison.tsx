import type { Compared } from '../../shared/comparison';
import { comparisonTable } from '../../shared/comparison-table';
import { formatMoney } from '../../shared/format';
import type { Product } from '../../shared/wire';
import { useShell } from './context';
import { Title } from './products';

/** What the bot laid side by side for the visitor. */
export function Comparison({ products, compared }: { products: Product[]; compared: Compared }) {
  const { t, locale } = useShell();
  const heads = products.map((product) => (
    <>
      <Title product={product} />
      <strong>{formatMoney(product.price, locale)}</strong>
    </>
  ));
  return comparisonTable(t, heads, compared);
}
