// The right pane: who this is, why it is worth picking up, what they want.

import { useState } from 'preact/hooks';
import type { Room } from '../view';
import type { TextKey } from '../texts';
import { texts } from '../texts';
import type { Readiness } from '../wire';
import { useShell, visitorName } from './context';
import * as icons from './icons';
import { Reason } from './list';
import { Card } from './products';

export function Details({ room, leave }: { room: Room; leave(): void }) {
  const { t } = useShell();
  const { visitor } = room;
  const [first, second] = room.summary.split('\n');
  return (
    <aside class="pane details" id="details" aria-label={t('details')}>
      <header class="details-head">
        <h2>{t('details')}</h2>
        <button class="round narrow" aria-label={t('closeDetails')} onClick={leave}>
          <icons.Close />
        </button>
      </header>
      <div class="scroll">
        {(room.reason || room.summary) && (
          <section>
            <h3>{t('why')}</h3>
            {room.reason && <Reason reason={room.reason} />}
            {first && <p class="brief">{first}</p>}
            {second && <p class="brief dim">{second}</p>}
          </section>
        )}
        {room.readiness && <Meter readiness={room.readiness} room={room} />}
        {room.interests.length > 0 && (
          <section>
            <h3>{t('interests')}</h3>
            <ul class="interests">
              {room.interests.map((product) => (
                <li key={product.id}>
                  <Card product={product} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <section>
          <h3>{t('person')}</h3>
          <dl>
            <dt>{t('user')}</dt>
            <dd>
              {visitorName(t, visitor.name, room.id)}
              {visitor.verified && (
                <span class="tag good">
                  <icons.Check />
                  {t('verified')}
                </span>
              )}
            </dd>
            {visitor.email && (
              <>
                <dt>{t('email')}</dt>
                <dd>
                  <a href={`mailto:${visitor.email}`}>{visitor.email}</a>
                </dd>
              </>
            )}
            <dt>{t('language')}</dt>
            <dd>{t(`lang_${room.locale}`)}</dd>
            {visitor.page?.url && (
              <>
                <dt>{t('page')}</dt>
                <dd>{visitor.page.title || visitor.page.url}</dd>
              </>
            )}
            {room.team && (
              <>
                <dt>{t('team')}</dt>
                <dd>{room.team}</dd>
              </>
            )}
          </dl>
        </section>
        <Labels room={room} />
      </div>
    </aside>
  );
}

function Meter({ readiness, room }: { readiness: Readiness; room: Room }) {
  const { t } = useShell();
  const mark = readiness.threshold && readiness.threshold > 0 ? readiness.threshold : 1;
  const percent = Math.round((readiness.score / mark) * 100);
  const level = percent >= 100 ? 'High' : percent >= 50 ? 'Mid' : 'Low';
  const detail = (text: string | undefined) => {
    if (!text) return undefined;
    const product = room.interests.find((one) => one.id === text);
    // A product's id that is not among the shown ones says nothing to a person.
    return product?.title ?? (/^[a-z0-9]+(-[a-z0-9]+)+$/.test(text) ? undefined : text);
  };
  return (
    <section class={`readiness level-${level.toLowerCase()}`}>
      <h3>{t('readiness')}</h3>
      <p class="level">
        <strong>{t(`readiness${level}`)}</strong>
        <span class="dim">{t('readinessOf', { n: percent })}</span>
      </p>
      <meter min={0} max={1.5} low={0.5} high={1} optimum={1.5} value={Math.min(1.5, readiness.score / mark)} aria-label={t('readiness')}>
        {percent} %
      </meter>
      {readiness.signals.length > 0 && (
        <ul class="signals">
          {readiness.signals.map((signal, i) => {
            const key = `sig_${signal.name}`;
            return (
              <li key={`${signal.name}${i}`}>
                <icons.Check />
                <span>
                  {key in texts.en ? t(key as TextKey) : signal.name}
                  {detail(signal.detail) && <small>{detail(signal.detail)}</small>}
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function Labels({ room }: { room: Room }) {
  const { t, desk } = useShell();
  const [text, setText] = useState('');
  const add = (event: Event) => {
    event.preventDefault();
    const label = text.trim();
    if (label && !room.labels.includes(label)) desk.label(room, { add: [label] });
    setText('');
  };
  return (
    <section>
      <h3>{t('labels')}</h3>
      {room.labels.length > 0 && (
        <ul class="labels">
          {room.labels.map((label) => (
            <li key={label}>
              {label}
              <button aria-label={t('remove', { name: label })} onClick={() => desk.label(room, { remove: [label] })}>
                <icons.Close />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="label-form" onSubmit={add}>
        <input
          aria-label={t('labelAdd')}
          placeholder={t('labelAdd')}
          maxLength={40}
          value={text}
          onInput={(e) => setText(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key === 'Enter' && (e.isComposing || e.keyCode === 229)) e.preventDefault();
          }}
        />
        <button class="secondary small">{t('add')}</button>
      </form>
    </section>
  );
}
