import type { Compared } from '../../shared/comparison';
import { formatMoney } from '../../shared/format';
import type { Product } from '../../shared/wire';
import { useShell } from './context';
import { Title } from './products';

/** What the bot laid side by side for the visitor: products in columns, what differs in rows, the rest in one line. */
export function Comparison({ products, compared }: { products: Product[]; compared: Compared }) {
  const { t, locale } = useShell();
  const { differing, same } = compared;
  return (
    <div class="compared">
      <div class="compared-scroll" tabIndex={0} role="region" aria-label={t('compared')}>
        <table>
          <thead>
            <tr>
              <th>{differing.length > 0 && t('differs')}</th>
              {products.map((product) => (
                <th key={product.id} scope="col">
                  <Title product={product} />
                  <strong>{formatMoney(product.price, locale)}</strong>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differing.map(({ name, values }, row) => (
              <tr key={row}>
                <th scope="row">{name}</th>
                {values.map((value, column) => (
                  <td key={column}>
                    {value || (
                      <>
                        <span aria-hidden="true">–</span>
                        <span class="hidden">{t('unknown')}</span>
                      </>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {same.length > 0 && (
        <p>
          <strong>{t('same')}</strong>
          {same.map(({ name, values }, row) => (
            <span key={row}>
              {name} <strong>{values[0]}</strong>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
