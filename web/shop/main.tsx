// The demo shop: a small storefront that embeds the chat the way a customer's page would.

import './style.css';

import { render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { pickLocale } from '../shared/i18n';
import type { Locale } from '../shared/wire';
import { useCart } from './cart';
import { type Catalog, fetchCatalog, say } from './catalog';
import { CartPage, Checkout, Thanks } from './checkout';
import { openChat, tell } from './maru';
import { Home, List, NotFound, ProductPage, Search } from './pages';
import { Empty } from './parts';
import { type Place, followLinks, go, usePlace } from './router';
import { WordsContext, useWords, words } from './texts';

const languageKey = 'onmaru:language';
const kept = (): string | null => {
  try {
    return localStorage.getItem(languageKey);
  } catch {
    return null;
  }
};

function Header({ catalog, place, onLanguage }: { catalog: Catalog | undefined; place: Place; onLanguage: (locale: Locale) => void }) {
  const { locale, t } = useWords();
  const count = useCart().reduce((sum, { quantity }) => sum + quantity, 0);
  const [query, setQuery] = useState(place.query.get('q') ?? '');
  useEffect(() => setQuery(place.query.get('q') ?? ''), [place]);
  return (
    <header class="top">
      <div class="bar">
        <a class="logo" href="/">
          <img src="/media/logo.svg" alt="" width="32" height="32" />
          <span>{say(catalog?.name ?? { ko: '온마루', en: 'Onmaru' }, locale)}</span>
        </a>
        <form
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            const asked = query.trim();
            if (asked) go(`/search?q=${encodeURIComponent(asked)}`);
          }}
        >
          <input
            type="search"
            name="q"
            value={query}
            maxLength={200}
            placeholder={t('searchHint')}
            aria-label={t('search')}
            onInput={(event) => setQuery(event.currentTarget.value)}
          />
          <button type="submit" aria-label={t('search')}>
            <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
              <path d="M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 21 21" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
            </svg>
          </button>
        </form>
        <div class="tools">
          <button type="button" class="language" lang={locale === 'ko' ? 'en' : 'ko'} onClick={() => onLanguage(locale === 'ko' ? 'en' : 'ko')}>
            {locale === 'ko' ? 'English' : '한국어'}
          </button>
          <a class="cart" href="/cart">
            <span class="hidden">{t('cart')} </span>
            <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
              <path d="M3 4h2.2l2.4 11.2h10.2L20.4 7H6.2M9 20.2h0M17 20.2h0" fill="none" stroke="currentColor" stroke-width="1.9" stroke-linecap="round" stroke-linejoin="round" />
              <path d="M9 20h0M17 20h0" stroke="currentColor" stroke-width="3.4" stroke-linecap="round" />
            </svg>
            {count > 0 && <b>{count > 99 ? '99+' : count}</b>}
          </a>
        </div>
      </div>
      <nav class="menu" aria-label={t('categories')}>
        <ul>
          {catalog?.categories.map(({ slug, name }) => (
            <li key={slug}>
              <a href={`/c/${slug}`} {...(place.path === `/c/${slug}` ? { 'aria-current': 'page' as const } : {})}>
                {say(name, locale)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

function Footer() {
  const { t } = useWords();
  return (
    <footer class="foot">
      <p>{t('footer')}</p>
      <ul>
        <li>
          <button type="button" class="link" onClick={openChat}>
            {t('chat')}
          </button>
        </li>
        <li>
          <a href="/console">{t('staff')}</a>
        </li>
      </ul>
    </footer>
  );
}

function Page({ catalog, place }: { catalog: Catalog; place: Place }) {
  const { locale } = useWords();
  const [, section = '', rest = ''] = place.path.split('/');
  if (place.path === '/' || place.path === '/index.html') return <Home catalog={catalog} />;
  if (section === 'products') {
    const product = catalog.byId.get(rest);
    return product ? <ProductPage catalog={catalog} product={product} /> : <NotFound />;
  }
  if (section === 'c') {
    const category = catalog.categories.find(({ slug }) => slug === rest);
    return category ? <List products={category.products} title={say(category.name, locale)} place={place} category={category} /> : <NotFound />;
  }
  if (section === 'search') return <Search catalog={catalog} place={place} />;
  if (section === 'cart') return <CartPage catalog={catalog} />;
  if (section === 'checkout') return <Checkout catalog={catalog} />;
  if (section === 'thanks') return <Thanks query={place.query} />;
  return <NotFound />;
}

const firstLocale = (): Locale => pickLocale(new URLSearchParams(location.search).get('lang'), kept(), navigator.language);

function App() {
  const [locale, setLocale] = useState<Locale>(firstLocale);
  const [catalog, setCatalog] = useState<Catalog>();
  const [failed, setFailed] = useState(false);
  const place = usePlace();
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  const said = useMemo(() => words(locale), [locale]);

  const load = (): void => {
    setFailed(false);
    fetchCatalog().then(setCatalog, () => setFailed(true));
  };
  useEffect(load, []);
  useEffect(() => {
    document.documentElement.lang = locale;
    try {
      localStorage.setItem(languageKey, locale);
    } catch {
      // The choice then lives as long as the page.
    }
  }, [locale]);
  useEffect(() => {
    tell('page_view');
    // A screen reader hears that the page changed; the first page speaks for itself.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [place.path]);
  useEffect(() => {
    const heading = main.current?.querySelector('h1')?.textContent;
    const name = say(catalog?.name ?? { ko: '온마루', en: 'Onmaru' }, locale);
    document.title = place.path === '/' || !heading ? name : `${heading} · ${name}`;
  }, [place, locale, catalog]);

  return (
    <WordsContext.Provider value={said}>
      <div onClick={followLinks}>
        <a class="skip" href="#main">
          {said.t('skip')}
        </a>
        <Header catalog={catalog} place={place} onLanguage={setLocale} />
        <main id="main" ref={main} tabIndex={-1}>
          {catalog ? (
            <Page catalog={catalog} place={place} />
          ) : failed ? (
            <Empty title={said.t('failed')}>
              <p class="actions">
                <button type="button" class="button" onClick={load}>
                  {said.t('retry')}
                </button>
              </p>
            </Empty>
          ) : (
            <p class="loading" role="status">
              {said.t('loading')}
            </p>
          )}
        </main>
        <Footer />
      </div>
    </WordsContext.Provider>
  );
}

const root = document.getElementById('shop');
// Before the chat, whose script comes after this one, looks for the page's language.
document.documentElement.lang = firstLocale();
if (root) render(<App />, root);
