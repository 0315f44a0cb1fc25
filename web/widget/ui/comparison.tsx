import type { Compared } from '../../shared/comparison';
import { formatMoney } from '../../shared/format';
import type { Product } from '../../shared/wire';
import { picture, way } from './products';
import type { Screen } from './screen';

/** Products side by side: they are the columns, what differs are the rows, what is the same stands below. */
export function comparison(s: Screen, products: Product[], { differing, same }: Compared) {
  const { t, view } = s;
  return (
    <div class="compared">
      <div class="side" tabIndex={0} role="region" aria-label={t('compared')}>
        <table>
          <thead>
            <tr>
              <th>{differing.length > 0 && t('differs')}</th>
              {products.map((product) => (
                <th scope="col">
                  {way(
                    s,
                    product,
                    <>
                      {picture(s, product)}
                      <span class="title">{product.title}</span>
                      <b>{formatMoney(product.price, view.locale)}</b>
                    </>,
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differing.map(({ name, values }) => (
              <tr>
                <th scope="row">{name}</th>
                {values.map((value) => (
                  <td>
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
          <b>{t('same')}</b>
          {same.map(({ name, values }) => (
            <span>
              {name} <b>{values[0]}</b>
            </span>
          ))}
        </p>
      )}
    </div>
  );
}
