// The page's side: reads the script tag, puts the widget into a shadow root and answers window.maru(…).
//   <script src="https://chat.example/widget.js" data-site="demo" defer></script>
// Optional: data-locale="ko|en", data-color="#0f6b5c", data-position="left".

import { pickLocale } from '../shared/i18n';
import { LiveSocket, socketUrl } from '../shared/socket';
import { storefrontEvents, type Identity, type Money, type ServerFrame, type StorefrontEventName, type VisitorFrame } from '../shared/wire';
import { Chat } from './client';
import { inkOn, parseColour, readableOn, toCss, type Rgb } from './colour';
import { browserMemory, exclusive } from './memory';
import sheet from './styles/index.css?inline';
import { Screen } from './ui/screen';

type Command = (command: string, ...values: never[]) => void;
interface Entry extends Command {
  q?: ArrayLike<unknown>[];
  loaded?: boolean;
}
declare global {
  interface Window {
    maru?: Entry;
  }
}

const brand: Rgb = [15, 107, 92];
const light: Rgb = [255, 255, 255];
const dark: Rgb = [38, 41, 44];

function start(script: HTMLScriptElement): void {
  const { site = 'default', locale, color, position } = script.dataset;
  const { origin } = new URL(script.src);
  const memory = browserMemory(site);
  const chat = new Chat({
    site,
    locale: pickLocale(memory.get('site', 'locale'), locale, document.documentElement.lang, navigator.language),
    memory,
    exclusive: exclusive(memory, site),
    socket: (handlers) =>
      new LiveSocket<ServerFrame, VisitorFrame>(socketUrl(origin, '/ws/visitor'), handlers, { protocol: 'maru.v1' }),
    uuid,
    now: Date.now,
    page: () => ({ url: location.href.slice(0, 2000), title: document.title.slice(0, 200) }),
    visible: () => document.visibilityState === 'visible',
  });

  const host = document.createElement('div');
  host.id = 'maru-chat';
  const root = host.attachShadow({ mode: 'open' });
  style(root, sheet);
  const colour = parseColour(color) ?? brand;
  for (const [name, value] of Object.entries({
    '--brand': colour,
    '--on-brand': inkOn(colour),
    '--accent-light': readableOn(colour, light),
    '--accent-dark': readableOn(colour, dark),
  })) {
    host.style.setProperty(name, toCss(value));
  }
  if (position === 'left') host.classList.add('left');
  document.body.append(host);
  new Screen(chat, origin, root);
  addEventListener('visibilitychange', () => chat.sawAll());

  const commands: Record<string, (...values: never[]) => unknown> = {
    open: () => chat.open(),
    close: () => chat.close(),
    identify: (identity: Identity) => chat.identify(identity),
    event: (name: StorefrontEventName, details?: { product?: string; value?: Money }) =>
      storefrontEvents.includes(name) ? chat.event(name, details) : complain(name),
  };
  const run = ([command, ...values]: unknown[]) => {
    const known = commands[String(command)];
    if (known) known(...(values as never[]));
    else complain(command);
  };
  const early = window.maru?.q ?? [];
  const maru: Entry = (...call: unknown[]) => run(call);
  maru.loaded = true;
  window.maru = maru;

  // A panel left open stays open on the shop's next page, except where it would cover that page.
  const wide = !matchMedia('(max-width: 480px)').matches;
  if (wide && memory.get('tab', 'open')) chat.open();
  else chat.resume();
  addEventListener('pagehide', () => memory.set('tab', 'open', chat.view.open ? '1' : null));
  for (const call of early) run(Array.from(call));
}

const complain = (...what: unknown[]): void => console.warn('maru: not known or not complete:', ...what);

// A strict policy of the page forbids style elements, but not sheets made by scripts.
function style(root: ShadowRoot, css: string): void {
  try {
    const made = new CSSStyleSheet();
    made.replaceSync(css);
    root.adoptedStyleSheets = [made];
  } catch {
    const element = document.createElement('style');
    element.textContent = css;
    root.append(element);
  }
}

// Not crypto.randomUUID, which pages without TLS do not have.
const uuid = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[data-site][src*="widget.js"]');
if (!script) complain('<script src="…/widget.js" data-site="…">');
else if (!window.maru?.loaded) {
  if (document.body) start(script);
  else addEventListener('DOMContentLoaded', () => start(script));
}
