import { Fragment } from 'preact';

import { compared } from '../../shared/comparison';
import { formatDay, formatTime } from '../../shared/format';
import type { Message } from '../../shared/wire';
import { linkify } from '../links';
import type { OutMessage } from '../outbox';
import { place } from '../timeline';
import { avatar } from './avatar';
import { comparison } from './comparison';
import * as icons from './icons';
import { products } from './products';
import type { Screen } from './screen';
import { survey } from './survey';

// A message, or one on its way to become one.
type Shown = Pick<Message, 'at' | 'from' | 'text'> & Partial<Message> & { choice?: string; out?: OutMessage };

export function messages(s: Screen) {
  const { chat, ui, view, t } = s;
  const shown: Shown[] = [
    ...view.messages,
    ...view.pending.map((out) => ({ ...out, at: new Date(out.at).toISOString(), from: { role: 'visitor' as const }, out })),
  ];
  const newest = shown[shown.length - 1];
  // The strip below the header offers to leave the queue, for as long as one waits.
  const replies = !view.typing && view.state !== 'agent' && newest?.quick_replies?.filter((one) => one.choice !== 'handoff:cancel' || view.state !== 'queued');
  const seen = view.messages.filter((m) => m.from.role === 'visitor' && m.seq <= view.seen).pop()?.seq;

  return (
    <div class="scroll">
      <div class="log" onScroll={s.scrolled} tabIndex={0} role="log" aria-live="polite" aria-label={t('log')} aria-busy={view.loading}>
        <div class="inner">
          {view.more && (
            <button class="older" onClick={() => chat.older()} disabled={view.loading}>
              {view.loading ? dots() : t('older')}
            </button>
          )}
          {shown.map((message, i) => (
            <Fragment key={message.id ?? message.seq}>{row(s, shown[i - 1], message, shown[i + 1], seen)}</Fragment>
          ))}
          {view.typing && (
            <div key="typing" class="row theirs first">
              {avatar(s, view.typing.role, view.typing.name, view.bot.avatar)}
              <div class="bubble typing">
                <span class="hidden">{t('typing', { name: view.typing.name ?? view.bot.name })}</span>
                {dots()}
              </div>
            </div>
          )}
          {replies && (
            <div key="replies" class="replies">
              {replies.map(({ choice, label }) => (
                <button key={choice} onClick={() => chat.choose(choice, label)}>
                  {label}
                </button>
              ))}
            </div>
          )}
          <Fragment key="survey">{survey(s)}</Fragment>
        </div>
      </div>
      {ui.behind && (
        <button class="to-end" onClick={s.toEnd} aria-label={t('latest')}>
          {view.unread > 0 && t('latest')}
          {icons.down()}
        </button>
      )}
    </div>
  );
}

const dots = () => (
  <span class="dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </span>
);

function row(s: Screen, before: Shown | undefined, message: Shown, after: Shown | undefined, seen: number | undefined) {
  const { chat, view, t } = s;
  const { from, out, at } = message;
  const { role } = from;
  const { day, first, last } = place(before, message, after);
  const mine = role === 'visitor';
  const name = from.name ?? (role === 'bot' ? view.bot.name : '');
  // What the widget's own menu sends has no label on the server's side.
  const words = mine && message.choice === 'handoff' && message.text === 'handoff' ? t('person') : message.text;
  const table = compared(message);
  const dayLine = day && <div class="day">{formatDay(at, view.locale)}</div>;
  if (role === 'system')
    return (
      <>
        {dayLine}
        <div class="system">{text(s, words)}</div>
      </>
    );
  return (
    <>
      {dayLine}
      <div class={`row ${mine ? 'mine' : 'theirs'}${first ? ' first' : ''}${last ? ' last' : ''}${out ? ' out' : ''}`}>
        {!mine &&
          (first ? avatar(s, role, name, from.avatar ?? (role === 'bot' ? view.bot : view.agent)?.avatar) : <span class="avatar gap" />)}
        <div class="body">
          {first && (
            <div class={mine ? 'hidden' : 'name'}>
              {mine ? t('you') : name}
              {role === 'agent' && <span class="tag">{t('agentTag')}</span>}
            </div>
          )}
          {words && <div class="bubble">{text(s, table ? words.split('\n')[0]! : words)}</div>}
          {table ? comparison(s, message.products!, table) : message.products?.length ? products(s, message.products) : null}
          {out?.failed ? (
            <div class="time failed" role="alert">
              {t('failed')}
              <button onClick={() => chat.retry(out.id)}>{t('retry')}</button>
              <button onClick={() => chat.discard(out.id)}>{t('discard')}</button>
            </div>
          ) : out ? (
            <div class="time late">{t('sending')}</div>
          ) : (
            (last || seen === message.seq) && (
              <div class="time">
                {seen === message.seq && `${t('seen')} · `}
                <time dateTime={at}>{formatTime(at, view.locale)}</time>
              </div>
            )
          )}
        </div>
      </div>
    </>
  );
}

/** Plain text: lines are kept, links can be followed, nothing else means anything. */
function text({ t }: Screen, words: string) {
  return linkify(words).map(({ text: piece, href }) =>
    href ? (
      <a href={href} {...(href[0] === 'h' && { target: '_blank', rel: 'noopener nofollow', title: t('newWindow') })}>
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}
