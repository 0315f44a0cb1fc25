// Writing: replies and notes, ready answers, products to attach. Drafts are kept per conversation.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Product } from '../../shared/wire';
import { api } from '../api';
import type { Outgoing, Room } from '../view';
import type { Canned } from '../wire';
import { useShell } from './context';
import * as icons from './icons';
import { Card } from './products';

const longest = 4000;
const mostProducts = 10;

interface Draft {
  kind: 'message' | 'note';
  message: string;
  note: string;
  products: Product[];
}

const drafts = new Map<string, Draft>();
const draftKey = (id: string) => `maru.draft.${id}`;
const redraw = new Set<(id: string) => void>();

function draftOf(id: string): Draft {
  let draft = drafts.get(id);
  if (!draft) {
    draft = { kind: 'message', message: '', note: '', products: [] };
    try {
      Object.assign(draft, JSON.parse(sessionStorage.getItem(draftKey(id)) ?? '{}'));
    } catch {
      // An empty draft, then.
    }
    drafts.set(id, draft);
  }
  return draft;
}

function keep(id: string, draft: Draft): void {
  drafts.set(id, draft);
  try {
    if (draft.message || draft.note || draft.products.length) sessionStorage.setItem(draftKey(id), JSON.stringify(draft));
    else sessionStorage.removeItem(draftKey(id));
  } catch {
    // Kept in memory only.
  }
}

/** What was refused goes back where it was written, before what is there already. */
export function putBack(one: Outgoing): void {
  const draft = draftOf(one.conversation);
  const text = [one.text, draft[one.kind]].filter(Boolean).join('\n');
  keep(one.conversation, { ...draft, kind: one.kind, [one.kind]: text, products: [...one.products, ...draft.products].slice(0, mostProducts) });
  for (const call of redraw) call(one.conversation);
}

export function Composer({ room, name, mine, queued }: { room: Room; name: string; mine: boolean; queued: boolean }) {
  const { t, desk, view, locale } = useShell();
  const [draft, setDraft] = useState(() => draftOf(room.id));
  const [panel, setPanel] = useState<'canned' | 'products' | undefined>();
  const area = useRef<HTMLTextAreaElement>(null);
  const typing = useRef({ on: false, timer: 0 });
  const change = (part: Partial<Draft>) => {
    const next = { ...draftOf(room.id), ...part };
    keep(room.id, next);
    setDraft(next);
  };
  useEffect(() => {
    const call = (id: string) => id === room.id && setDraft(draftOf(id));
    redraw.add(call);
    return () => {
      redraw.delete(call);
      clearTimeout(typing.current.timer);
      if (typing.current.on) desk.typing(room.id, false);
    };
  }, []);

  const kind = mine ? draft.kind : 'note';
  const text = draft[kind];
  useLayoutEffect(() => {
    const it = area.current;
    if (!it) return;
    it.style.height = 'auto';
    it.style.height = `${Math.min(it.scrollHeight + 2, 220)}px`;
  }, [text, kind]);

  const slash = kind === 'message' && /^\/\S*( \S*)?$/.test(text);
  const shown = slash ? 'canned' : panel;
  const over = [...text].length - longest;
  const ready = (text.trim() !== '' || (kind === 'message' && draft.products.length > 0)) && over <= 0 && !slash;

  const stopTyping = () => {
    clearTimeout(typing.current.timer);
    if (typing.current.on) desk.typing(room.id, false);
    typing.current.on = false;
  };
  const typed = () => {
    if (kind !== 'message') return;
    if (!typing.current.on) desk.typing(room.id, true);
    typing.current.on = true;
    clearTimeout(typing.current.timer);
    typing.current.timer = window.setTimeout(stopTyping, 4000);
  };
  const send = () => {
    if (!ready) return;
    desk.send(room, kind, text.trim(), kind === 'message' ? draft.products : []);
    stopTyping();
    setPanel(undefined);
    change(kind === 'message' ? { message: '', products: [] } : { note: '' });
    area.current?.focus();
  };
  const insert = (canned: Canned) => {
    const words = canned.text[room.locale] ?? canned.text[locale] ?? Object.values(canned.text)[0] ?? '';
    change({ kind: 'message', message: slash || !text ? words : `${text.trimEnd()} ${words}` });
    setPanel(undefined);
    area.current?.focus();
  };

  // What went quiet while nobody was there may still be taken.
  if (room.loaded && room.state === 'closed' && !mine && !queued)
    return <p class="composer-closed">{t('closedNow')}</p>;
  return (
    <section class={`composer kind-${kind}`} aria-label={t('replyTo', { name })}>
      {!mine && (
        <p class="composer-why">
          {queued ? t('acceptToReply') : room.agent ? t('otherHasIt', { name: room.agent.name }) : t('botHasIt')}
        </p>
      )}
      {shown === 'canned' && mine && (
        <CannedPicker q={slash ? text.slice(1) : undefined} prefer={room.locale} area={area.current} pick={insert} leave={() => (slash ? change({ message: '' }) : setPanel(undefined))} />
      )}
      {shown === 'products' && mine && kind === 'message' && (
        <ProductPicker
          room={room}
          attached={draft.products}
          attach={(product) => change({ products: draft.products.some((one) => one.id === product.id) ? draft.products : [...draft.products, product].slice(0, mostProducts) })}
          leave={() => {
            setPanel(undefined);
            area.current?.focus();
          }}
        />
      )}
      <div class="composer-box">
        <div class="composer-tabs" role="group" aria-label={t('conversation')}>
          {mine && (
            <button id="tab-reply" aria-pressed={kind === 'message'} onClick={() => (change({ kind: 'message' }), area.current?.focus())}>
              {t('reply')}
            </button>
          )}
          <button id="tab-note" aria-pressed={kind === 'note'} onClick={() => (change({ kind: 'note' }), area.current?.focus())}>
            <icons.Lock />
            {t('note')}
          </button>
        </div>
        {kind === 'message' && draft.products.length > 0 && (
          <ul class="attached" aria-label={t('attachedList')}>
            {draft.products.map((product) => (
              <li key={product.id}>
                <icons.Bag />
                <span>{product.title}</span>
                <button aria-label={t('remove', { name: product.title })} onClick={() => change({ products: draft.products.filter((one) => one.id !== product.id) })}>
                  <icons.Close />
                </button>
              </li>
            ))}
          </ul>
        )}
        <textarea
          id="composer"
          ref={area}
          rows={2}
          value={text}
          aria-label={kind === 'note' ? t('note') : t('replyTo', { name })}
          placeholder={kind === 'note' ? t('noteHint') : t('replyHint')}
          onInput={(e) => {
            change({ [kind]: e.currentTarget.value } as Partial<Draft>);
            typed();
          }}
          onKeyDown={(e) => {
            // Enter that ends a 한글 syllable belongs to the input method (229: browsers that say it only so).
            if (e.isComposing || e.keyCode === 229) return;
            if (e.defaultPrevented) return;
            if (e.key === 'Enter' && !e.shiftKey) {
              e.preventDefault();
              send();
            } else if (e.key === 'Escape') {
              e.stopPropagation();
              if (shown) setPanel(undefined);
              else e.currentTarget.blur();
            }
          }}
        />
        <div class="composer-foot">
          {mine && kind === 'message' && (
            <>
              <button class="quiet" aria-expanded={shown === 'canned'} onClick={() => setPanel(shown === 'canned' ? undefined : 'canned')}>
                <icons.Bolt />
                {t('canned')}
              </button>
              <button class="quiet" aria-expanded={shown === 'products'} onClick={() => setPanel(shown === 'products' ? undefined : 'products')}>
                <icons.Bag />
                {t('productsAdd')}
              </button>
            </>
          )}
          <span class={`composer-hint ${over > 0 ? 'over' : ''}`} role={over > 0 ? 'alert' : undefined}>
            {over > 0 ? t('tooLong', { n: over }) : view.link === 'live' ? t('enterHint') : ''}
          </span>
          <button class="primary" id="send" aria-disabled={!ready} onClick={send}>
            {t(kind === 'note' ? 'addNote' : 'send')}
          </button>
        </div>
      </div>
    </section>
  );
}

interface CannedProps {
  /** What was typed after the slash; undefined: opened by the button, with a field of its own. */
  q: string | undefined;
  prefer: 'ko' | 'en';
  area: HTMLTextAreaElement | null;
  pick(canned: Canned): void;
  leave(): void;
}

function CannedPicker({ q, prefer, area, pick, leave }: CannedProps) {
  const { t, view, locale } = useShell();
  const [own, setOwn] = useState('');
  const [at, setAt] = useState(0);
  const wanted = (q ?? own).trim().toLocaleLowerCase();
  const title = (one: Canned) => one.title[locale] ?? one.title[prefer] ?? one.id;
  const list = view.canned.filter(
    (one) => !wanted || [one.id, ...Object.values(one.title), ...Object.values(one.text)].some((text) => text?.toLocaleLowerCase().includes(wanted)),
  );
  const chosen = Math.min(at, list.length - 1);
  const onKey = (e: KeyboardEvent) => {
    if (e.isComposing || e.keyCode === 229) return;
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') setAt((chosen + (e.key === 'ArrowDown' ? 1 : -1) + list.length) % Math.max(1, list.length));
    else if (e.key === 'Enter' || (e.key === 'Tab' && !e.shiftKey && q !== undefined)) {
      if (list[chosen]) pick(list[chosen]);
    } else if (e.key === 'Escape') leave();
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  // With a slash the reader's hands stay in the text field.
  useEffect(() => {
    if (q === undefined || !area) return;
    area.addEventListener('keydown', onKey, true);
    return () => area.removeEventListener('keydown', onKey, true);
  });
  useEffect(() => setAt(0), [wanted]);
  useEffect(() => document.getElementById(`canned-${chosen}`)?.scrollIntoView({ block: 'nearest' }), [chosen]);
  return (
    <div class="picker" role="dialog" aria-label={t('canned')}>
      {q === undefined && (
        <div class="search">
          <icons.Search />
          <input
            type="search"
            aria-label={t('canned')}
            placeholder={t('canned')}
            value={own}
            ref={(it) => {
              if (it && !it.dataset['was']) (it.dataset['was'] = '1'), it.focus();
            }}
            role="combobox"
            aria-expanded="true"
            aria-controls="canned-list"
            aria-activedescendant={list.length ? `canned-${chosen}` : undefined}
            onInput={(e) => setOwn(e.currentTarget.value)}
            onKeyDown={onKey}
          />
        </div>
      )}
      {list.length === 0 ? (
        <p class="empty-line">{t('cannedNone')}</p>
      ) : (
        <ul role="listbox" id="canned-list" aria-label={t('canned')}>
          {list.map((one, i) => (
            <li key={one.id} id={`canned-${i}`} role="option" aria-selected={i === chosen} onMouseDown={(e) => e.preventDefault()} onClick={() => pick(one)}>
              <strong>{title(one)}</strong>
              <span>{one.text[prefer] ?? one.text[locale]}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function ProductPicker({ room, attached, attach, leave }: { room: Room; attached: Product[]; attach(product: Product): void; leave(): void }) {
  const { t, locale } = useShell();
  const [q, setQ] = useState('');
  const [list, setList] = useState<Product[]>();
  const [error, setError] = useState(false);
  useEffect(() => {
    if (!q.trim()) return setList(undefined);
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setList((await api.products(q.trim(), room.locale ?? locale, abort.signal)).products);
        setError(false);
      } catch {
        if (!abort.signal.aborted) setError(true);
      }
    }, 200);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [q]);
  const shown = list ?? room.interests;
  return (
    <div class="picker" role="dialog" aria-label={t('productSearch')}>
      <div class="search">
        <icons.Search />
        <input
          id="product-search"
          type="search"
          aria-label={t('productSearch')}
          placeholder={t('productHint')}
          value={q}
          ref={(it) => {
            if (it && !it.dataset['was']) (it.dataset['was'] = '1'), it.focus();
          }}
          onInput={(e) => setQ(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.isComposing || e.keyCode === 229) return;
            if (e.key === 'Escape') (e.stopPropagation(), leave());
            if (e.key === 'Enter' && shown[0]) attach(shown[0]);
          }}
        />
        <button class="round" aria-label={t('done')} onClick={leave}>
          <icons.Close />
        </button>
      </div>
      {error && <p class="empty-line">{t('network')}</p>}
      {list?.length === 0 && <p class="empty-line">{t('productNone')}</p>}
      <ul class="picker-products">
        {shown.map((product) => {
          const has = attached.some((one) => one.id === product.id);
          return (
            <li key={product.id}>
              <Card product={product}>
                <button class="secondary small" disabled={has || attached.length >= mostProducts} aria-label={t('attachOne', { title: product.title })} onClick={() => attach(product)}>
                  {t(has ? 'attached' : 'attach')}
                </button>
              </Card>
            </li>
          );
        })}
      </ul>
      {attached.length >= mostProducts && <p class="empty-line">{t('mostProducts', { n: mostProducts })}</p>}
    </div>
  );
}
