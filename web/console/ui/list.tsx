// The left pane: who waits, one's own conversations, and recorded ones.

import { useEffect, useRef, useState } from 'preact/hooks';
import { formatDay, formatDuration, formatTime } from '../../shared/format';
import type { HandoffReason } from '../../shared/wire';
import { api, type Recorded } from '../api';
import type { Waiting } from '../view';
import { useNow, useShell, visitorName } from './context';
import * as icons from './icons';

const reasonIcons: Record<HandoffReason, () => preact.JSX.Element> = {
  ready: icons.Bag,
  asked: icons.Hand,
  upset: icons.Frown,
  bot_failed: icons.Robot,
  rule: icons.Flow,
};

export function Reason({ reason }: { reason: HandoffReason }) {
  const { t } = useShell();
  const known = reason in reasonIcons ? reason : 'rule';
  const Icon = reasonIcons[known];
  return (
    <span class={`badge reason-${known}`}>
      <Icon />
      {t(`reason_${known}`)}
    </span>
  );
}

export function List() {
  const { t } = useShell();
  const [tab, setTab] = useState<'inbox' | 'recorded'>('inbox');
  const [q, setQ] = useState('');
  return (
    <nav class="pane list" aria-label={t('inbox')}>
      <div class="list-head">
        <div class="tabs" role="group" aria-label={t('console')}>
          <button aria-pressed={tab === 'inbox'} onClick={() => setTab('inbox')}>
            {t('inbox')}
          </button>
          <button aria-pressed={tab === 'recorded'} onClick={() => setTab('recorded')}>
            {t('recorded')}
          </button>
        </div>
        <div class="search">
          <icons.Search />
          <input
            id="search"
            type="search"
            aria-label={t('search')}
            placeholder={t(matchMedia('(pointer: coarse)').matches ? 'search' : 'searchHint')}
            value={q}
            onInput={(e) => setQ(e.currentTarget.value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter' && !e.isComposing && q) setTab('recorded');
            }}
          />
        </div>
      </div>
      {tab === 'inbox' ? <Inbox q={q} /> : <RecordedList q={q} />}
    </nav>
  );
}

function Inbox({ q }: { q: string }) {
  const { t, view } = useShell();
  const now = useNow();
  const wanted = q.trim().toLocaleLowerCase();
  const fits = (one: Waiting) =>
    !wanted || [one.visitor, one.summary, one.conversation, t(`reason_${one.reason}`)].some((text) => text?.toLocaleLowerCase().includes(wanted));
  const queue = view.queue.filter(fits);
  const mine = view.mine.filter(fits);
  return (
    <div class="scroll">
      <section aria-labelledby="head-mine">
        <h2 id="head-mine">
          {t('mine')} <span class="count">{view.mine.length}</span>
        </h2>
        {mine.length === 0 ? <p class="empty-line">{wanted ? t('nothingFound', { q }) : t('mineEmpty')}</p> : <ul>{mine.map((one) => <Mine key={one.conversation} item={one} />)}</ul>}
      </section>
      <section aria-labelledby="head-queue">
        <h2 id="head-queue">
          {t('waiting')} <span class={`count ${view.queue.length ? 'hot' : ''}`}>{view.queue.length}</span>
        </h2>
        {queue.length === 0 ? (
          <div class="empty">
            <icons.Inbox />
            <p>{wanted ? t('nothingFound', { q }) : t('queueEmpty')}</p>
            {!wanted && <p class="dim">{t('queueEmptyLead')}</p>}
          </div>
        ) : (
          <ul>
            {queue.map((one) => (
              <InQueue key={one.conversation} item={one} now={now} />
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

/** How the wait stands to the promise: a word and a colour. */
function wait(item: Waiting, now: number): 'fine' | 'soon' | 'late' {
  if (item.due === undefined) return 'fine';
  if (now > item.due) return 'late';
  return now > item.due - (item.due - item.begun) * 0.34 ? 'soon' : 'fine';
}

function InQueue({ item, now }: { item: Waiting; now: number }) {
  const { t, view, desk, locale, go } = useShell();
  const id = item.conversation;
  const name = visitorName(t, item.visitor, id);
  const how = wait(item, now);
  const [first, second] = item.summary.split('\n');
  return (
    <li class={`item ${view.open === id ? 'open' : ''} wait-${how}`}>
      <button class="item-main" data-item={id} data-queued="" aria-current={view.open === id || undefined} onClick={() => go(id)}>
        <span class="row">
          <Reason reason={item.reason} />
          <span class="wait">
            <icons.Clock />
            {t('waited', { time: formatDuration((now - item.begun) / 1000, locale) })}
          </span>
        </span>
        <span class="row">
          <strong class="who">{name}</strong>
          {item.state === 'offline' ? <span class="tag">{t('leftContact')}</span> : null}
          {item.team ? <span class="tag">{item.team}</span> : null}
          {item.locale ? <span class="tag">{t(`lang_${item.locale}`)}</span> : null}
        </span>
        <span class="summary">{first}</span>
        {second ? <span class="summary dim">{second}</span> : null}
        {item.due !== undefined && how !== 'fine' ? (
          <span class="sla">
            <icons.Warn />
            {t(how === 'late' ? 'slaLate' : 'slaSoon', { time: formatDuration(Math.abs(item.due - now) / 1000, locale) })}
          </span>
        ) : null}
      </button>
      <button class="primary small accept" aria-label={t('acceptThis', { name })} disabled={view.accepting === id || view.link !== 'live'} onClick={() => desk.accept(id)}>
        {t('accept')}
      </button>
    </li>
  );
}

function Mine({ item }: { item: Waiting }) {
  const { t, view, desk, locale, go } = useShell();
  const id = item.conversation;
  const room = view.rooms.get(id);
  const unread = desk.unread(id);
  const last = room?.messages.filter((one) => one.from.role !== 'system').at(-1);
  const name = visitorName(t, room?.visitor.name ?? item.visitor, id);
  const preview = last ? (last.from.role === 'agent' ? `${t('you')}: ${last.text}` : last.text) : item.summary.split('\n')[0];
  return (
    <li class={`item ${view.open === id ? 'open' : ''}`}>
      <button class="item-main" data-item={id} aria-current={view.open === id || undefined} onClick={() => go(id)}>
        <span class="row">
          <strong class="who">{name}</strong>
          <span class="wait">{last ? formatTime(last.at, locale) : ''}</span>
        </span>
        <span class="row">
          <span class={`summary one ${unread ? 'strong' : 'dim'}`}>{room?.typing ? t('typing', { name }) : preview}</span>
          {unread > 0 && (
            <span class="unread" aria-label={t('unread', { n: unread })}>
              {unread}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}

const statuses = ['bot', 'queued', 'agent', 'closed'] as const;

function RecordedList({ q }: { q: string }) {
  const { t, view, locale, go } = useShell();
  const [status, setStatus] = useState('');
  const [list, setList] = useState<Recorded[]>();
  const [next, setNext] = useState<string>();
  const [error, setError] = useState(false);
  const running = useRef<AbortController>();
  const load = async (cursor?: string) => {
    running.current?.abort();
    const abort = (running.current = new AbortController());
    try {
      const filter: Record<string, string> = { limit: '30' };
      if (q.trim()) filter['q'] = q.trim();
      if (status) filter['status'] = status;
      if (cursor) filter['cursor'] = cursor;
      const page = await api.recorded(filter, abort.signal);
      setList((before) => (cursor ? [...(before ?? []), ...page.conversations] : page.conversations));
      setNext(page.cursor);
      setError(false);
    } catch {
      if (!abort.signal.aborted) setError(true);
    }
  };
  useEffect(() => {
    const timer = setTimeout(() => void load(), q ? 250 : 0);
    return () => clearTimeout(timer);
  }, [q, status]);
  useEffect(() => () => running.current?.abort(), []);
  return (
    <div class="scroll">
      <div class="filter">
        <select aria-label={t('allStatus')} value={status} onChange={(e) => setStatus(e.currentTarget.value)}>
          <option value="">{t('allStatus')}</option>
          {statuses.map((one) => (
            <option key={one} value={one}>
              {t(`state_${one}`)}
            </option>
          ))}
        </select>
      </div>
      {error && <p class="empty-line">{t('network')}</p>}
      {!list && !error && <p class="empty-line">{t('loading')}</p>}
      {list?.length === 0 && <p class="empty-line">{q ? t('nothingFound', { q }) : t('recordedEmpty')}</p>}
      <ul>
        {list?.map((one) => (
          <li key={one.conversation} class={`item ${view.open === one.conversation ? 'open' : ''}`}>
            <button class="item-main" data-item={one.conversation} onClick={() => go(one.conversation)}>
              <span class="row">
                <strong class="who">{visitorName(t, one.visitor?.name, one.conversation)}</strong>
                <span class="wait">
                  {formatDay(one.updated_at, locale)} {formatTime(one.updated_at, locale)}
                </span>
              </span>
              <span class="row">
                <span class={`tag state-${one.status}`}>{t(`state_${one.status as 'bot'}`)}</span>
                <span class="summary one dim">{[one.agent?.name, one.topic].filter(Boolean).join(' · ')}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {next && (
        <button class="quiet wide" onClick={() => void load(next)}>
          {t('more')}
        </button>
      )}
    </div>
  );
}
