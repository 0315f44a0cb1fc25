// The middle pane: one conversation and what can be done with it.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { compared } from '../../shared/comparison';
import { formatDay, formatTime } from '../../shared/format';
import type { Message } from '../../shared/wire';
import type { Outgoing, Room } from '../view';
import { grouped, type Entry, type Group } from '../thread';
import { Comparison } from './comparison';
import { Composer, putBack } from './composer';
import { useShell, visitorName } from './context';
import * as icons from './icons';
import { Reason } from './list';
import { Card } from './products';

export function RoomPane({ room, details }: { room: Room; details(): void }) {
  const { t, view, desk, show, go } = useShell();
  const name = visitorName(t, room.visitor.name, room.id);
  const mine = room.agent?.id === view.me.id && room.state === 'agent';
  const queued = view.queue.some((one) => one.conversation === room.id);
  const owner = mine ? t('withYou') : room.agent ? t('withOther', { name: room.agent.name }) : t(`state_${room.state}`);
  return (
    <main class="pane room" id="room" tabIndex={-1} aria-label={t('conversation')}>
      <header class="room-head">
        <button class="round phone" aria-label={t('back')} onClick={() => go(undefined)}>
          <icons.Back />
        </button>
        <div class="room-who">
          <h1>{name}</h1>
          <p>
            <span class={`state-dot state-${room.state}`} />
            {owner}
          </p>
        </div>
        {room.reason && queued ? <Reason reason={room.reason} /> : null}
        <div class="room-actions">
          {mine && (
            <>
              <button class="secondary" onClick={() => show('transfer')} title={`${t('transfer')} (T)`}>
                <icons.Transfer />
                <span>{t('transfer')}</span>
              </button>
              <button class="secondary" onClick={() => show('close')} title={`${t('close')} (X)`}>
                <icons.Check />
                <span>{t('close')}</span>
              </button>
            </>
          )}
          {queued && (
            <button class="primary" disabled={view.accepting === room.id || view.link !== 'live'} onClick={() => desk.accept(room.id)}>
              {t('accept')}
              <kbd>A</kbd>
            </button>
          )}
          <button class="round narrow" aria-label={t('details')} onClick={details}>
            <icons.Info />
          </button>
        </div>
      </header>
      <Thread room={room} name={name} />
      <Composer key={room.id} room={room} name={name} mine={mine} queued={queued} />
    </main>
  );
}

function Thread({ room, name }: { room: Room; name: string }) {
  const { t, view, desk } = useShell();
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [behind, setBehind] = useState(false);
  const out = view.outbox.filter((one) => one.conversation === room.id);
  const groups = grouped(room.messages, room.notes, out);
  const size = room.messages.length + room.notes.length + out.length;

  useLayoutEffect(() => {
    atEnd.current = true;
    setBehind(false);
  }, [room.id]);
  useLayoutEffect(() => {
    const it = box.current;
    if (!it) return;
    if (atEnd.current) it.scrollTop = it.scrollHeight;
    else setBehind(true);
  }, [room.id, size, !!room.typing, room.loaded]);
  useEffect(() => {
    const it = box.current;
    if (!it) return;
    const watch = new ResizeObserver(() => {
      if (atEnd.current) it.scrollTop = it.scrollHeight;
    });
    watch.observe(it);
    return () => watch.disconnect();
  }, []);

  const lastOwn = room.messages.filter((one) => one.from.role === 'agent').at(-1);
  return (
    <div
      class="thread"
      ref={box}
      tabIndex={0}
      role="log"
      aria-label={t('log')}
      aria-live="polite"
      onScroll={() => {
        const it = box.current!;
        atEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < 40;
        if (atEnd.current) setBehind(false);
      }}
    >
      {room.more && (
        <button class="quiet earlier" onClick={() => void desk.earlier(room).catch(() => undefined)}>
          {t('earlier')}
        </button>
      )}
      {!room.loaded && <p class="empty-line">{t('loading')}</p>}
      {groups.map((group) => (
        <GroupView key={group.key} group={group} name={name} room={room} lastOwn={lastOwn} />
      ))}
      {room.missed > 0 && (
        <p class="divider-note" role="status">
          {t('missed', { n: room.missed })}
        </p>
      )}
      {room.typing && (
        <p class="typing">
          <span class="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t('typing', { name: room.typing.name ?? name })}
        </p>
      )}
      {behind && (
        <button
          class="to-end"
          onClick={() => {
            atEnd.current = true;
            setBehind(false);
            box.current?.scrollTo({ top: box.current.scrollHeight });
          }}
        >
          {t('newMessages')}
        </button>
      )}
    </div>
  );
}

function GroupView({ group, name, room, lastOwn }: { group: Group; name: string; room: Room; lastOwn: Message | undefined }) {
  const { t, view, locale } = useShell();
  const first = group.entries[0]!;
  const day = group.day && (
    <p class="day">
      <span>{formatDay(first.at, locale)}</span>
    </p>
  );
  if (group.who === 'system')
    return (
      <>
        {day}
        {group.entries.map((entry) => (
          <p key={entry.key} class="system">
            {entry.kind === 'message' ? entry.message.text : ''}
          </p>
        ))}
      </>
    );
  const note = group.who.startsWith('note:');
  const role = note ? 'note' : first.kind === 'message' ? first.message.from.role : 'agent';
  const by = first.kind === 'message' ? first.message.from.name : first.kind === 'note' ? first.note.from.name : view.me.name;
  const who = note
    ? t('noteBy', { name: by ?? '' })
    : role === 'visitor'
      ? name
      : role === 'bot'
        ? (by ?? t('bot'))
        : by === view.me.name
          ? t('you')
          : (by ?? t('staff'));
  return (
    <>
      {day}
      <div class={`group from-${role}`}>
        <p class="group-head">
          {note && <icons.Lock />}
          {role === 'bot' && <icons.Robot />}
          <span class="group-name">{who}</span>
          {note && <span class="note-private">{t('notePrivate')}</span>}
          <time dateTime={first.at}>{formatTime(first.at, locale)}</time>
        </p>
        {group.entries.map((entry) => (
          <EntryView key={entry.key} entry={entry} room={room} last={entry.kind === 'message' && entry.message === lastOwn} />
        ))}
      </div>
    </>
  );
}

function EntryView({ entry, room, last }: { entry: Entry; room: Room; last: boolean }) {
  const { t } = useShell();
  if (entry.kind === 'outgoing') return <OutgoingView one={entry.outgoing} />;
  if (entry.kind === 'note') return <div class="bubble">{entry.note.text}</div>;
  const { message } = entry;
  const table = compared(message);
  return (
    <>
      {message.text && <div class="bubble">{table ? message.text.split('\n')[0] : message.text}</div>}
      {table && <Comparison products={message.products!} compared={table} />}
      {!table && message.products && message.products.length > 0 && (
        <ul class="cards">
          {message.products.map((product) => (
            <li key={product.id}>
              <Card product={product} />
            </li>
          ))}
        </ul>
      )}
      {message.quick_replies && message.quick_replies.length > 0 && (
        <ul class="chips" aria-hidden="true">
          {message.quick_replies.map((one) => (
            <li key={one.choice}>{one.label}</li>
          ))}
        </ul>
      )}
      {last && (
        <p class="delivery">
          {room.visitorRead >= message.seq ? <icons.Double /> : <icons.Check />}
          {t(room.visitorRead >= message.seq ? 'seen' : 'sent')}
        </p>
      )}
    </>
  );
}

function OutgoingView({ one }: { one: Outgoing }) {
  const { t, desk } = useShell();
  return (
    <>
      {one.text && <div class={`bubble ${one.status}`}>{one.text}</div>}
      {one.products.length > 0 && (
        <ul class="cards">
          {one.products.map((product) => (
            <li key={product.id}>
              <Card product={product} />
            </li>
          ))}
        </ul>
      )}
      {one.status === 'sending' ? (
        <p class="delivery">
          <icons.Clock />
          {t('sending')}
        </p>
      ) : (
        <div class="delivery failed" role="alert">
          <icons.Warn />
          <span>{one.status === 'refused' ? t('refused') : `${t('unsent')}. ${one.why ?? ''}`}</span>
          <button onClick={() => desk.again(one)}>{t('retry')}</button>
          <button
            onClick={() => {
              putBack(one);
              desk.discard(one);
            }}
          >
            {t('edit')}
          </button>
          <button onClick={() => desk.discard(one)}>{t('discard')}</button>
        </div>
      )}
    </>
  );
}
