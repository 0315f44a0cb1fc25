import type { ComponentChildren } from 'preact';
import type { Compared } from './comparison';
import type { Translate } from './i18n';

/** Products side by side: they are the columns (`heads`, a cell each), what differs are the rows, what is the same
    stands below. */
export function comparisonTable(
  t: Translate<'compared' | 'differs' | 'unknown' | 'same'>,
  heads: ComponentChildren[],
  { differing, same }: Compared,
) {
  return (
    <div class="compared">
      <div class="side" tabIndex={0} role="region" aria-label={t('compared')}>
        <table>
          <thead>
            <tr>
              <th>{differing.length > 0 && t('differs')}</th>
              {heads.map((head) => (
                <th scope="col">{head}</th>
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
