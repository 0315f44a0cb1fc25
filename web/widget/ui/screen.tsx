// The screen is a function of the conversation's view and a few facts of its own (a menu is open, a score is
// chosen): every change draws it again from the top, and Preact touches what differs. Components with state of
// their own would need the hooks library, a tenth of the widget's size.

import { render } from 'preact';

import type { Translate } from '../../shared/i18n';
import type { Chat, View } from '../client';
import { speaking, type TextKey } from '../texts';
import { launcher } from './launcher';
import { panel } from './panel';

/** What only the screen knows. */
export interface Ui {
  menu: boolean;
  /** Asking whether the chat shall end. */
  ending: boolean;
  /** Newer messages stand below what the visitor reads. */
  behind: boolean;
  /** A phone: the panel takes the whole screen. */
  full: boolean;
  /** A half-written message outlives the panel. */
  draft: string;
  score?: number;
  comment: string;
}

// Nearer to the end than this (px), the visitor follows the conversation.
const near = 90;

export class Screen {
  ui: Ui = { menu: false, ending: false, behind: false, full: false, draft: '', comment: '' };
  view: View;
  t!: Translate<TextKey>;
  atEnd = true;

  readonly chat: Chat;
  readonly origin: string;
  readonly root: ShadowRoot;
  #due = false;
  #log: HTMLElement | undefined;
  #sizes: ResizeObserver | undefined;
  #drawn = { first: 0, newest: '', height: 0 };
  #overflow: string | undefined;

  constructor(chat: Chat, origin: string, root: ShadowRoot) {
    this.chat = chat;
    this.origin = origin;
    this.root = root;
    this.view = chat.view;
    chat.subscribe(() => this.#later());
    // The keyboard of a phone leaves a part of the screen: the panel takes that part.
    const sight = window.visualViewport;
    const fit = () => {
      const { style } = root.host as HTMLElement;
      if (sight) {
        style.setProperty('--height', `${sight.height}px`);
        style.setProperty('--top', `${sight.offsetTop}px`);
      }
      const full = matchMedia('(max-width: 480px)').matches;
      if (full !== this.ui.full) this.set({ full });
    };
    sight?.addEventListener('resize', fit);
    sight?.addEventListener('scroll', fit);
    addEventListener('resize', fit);
    addEventListener('pointerdown', (event) => {
      const menu = this.find('.menu');
      if (this.ui.menu && menu && !event.composedPath().includes(menu)) this.set({ menu: false });
    });
    fit();
    this.draw();
  }

  find(selector: string): HTMLElement | null {
    return this.root.querySelector(selector);
  }

  /** Changes what the screen knows, draws at once, then moves the focus, if it is to move. */
  set(change: Partial<Ui>, focus?: string): void {
    Object.assign(this.ui, change);
    this.draw();
    if (focus) this.find(focus)?.focus({ preventScroll: true });
  }

  readonly close = (): void => {
    this.chat.close();
    this.set({ menu: false, ending: false }, '.launcher');
  };

  /** Home and End of the visitor's reading. */
  readonly scrolled = (): void => {
    const log = this.#log;
    if (!log) return;
    this.atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < near;
    if (this.atEnd) {
      if (this.ui.behind) this.set({ behind: false });
      this.chat.sawAll();
    }
    if (log.scrollTop < 120) this.chat.older();
  };

  readonly toEnd = (): void => this.#log?.scrollTo({ top: this.#log.scrollHeight, behavior: 'smooth' });

  #later(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      this.draw();
    });
  }

  draw(): void {
    const before = this.view;
    const view = (this.view = this.chat.view);
    if (before.survey?.survey !== view.survey?.survey) Object.assign(this.ui, { score: undefined, comment: '' });
    this.t = speaking(view.locale);
    (this.root.host as HTMLElement).lang = view.locale;
    render(
      <>
        {view.open && panel(this)}
        {launcher(this)}
      </>,
      this.root,
    );
    this.#holdPage(view.open && this.ui.full);
    const log = this.find('.log') ?? undefined;
    if (log !== this.#log) this.#opened(log);
    if (log) this.#settle(log);
  }

  #opened(log: HTMLElement | undefined): void {
    this.#sizes?.disconnect();
    this.#log = log;
    this.atEnd = true;
    if (!log) return;
    // Pictures, the on-screen keyboard and new widths move the end.
    this.#sizes = new ResizeObserver(() => {
      if (this.atEnd) log.scrollTop = log.scrollHeight;
    });
    this.#sizes.observe(log);
    this.#sizes.observe(log.firstElementChild!);
    this.find('.composer textarea')!.focus({ preventScroll: true });
  }

  // Stays with the end when the visitor is there (or has just written), else where the visitor reads, also
  // when older messages come in above.
  #settle(log: HTMLElement): void {
    const { messages, pending } = this.view;
    const first = messages[0]?.seq ?? 0;
    const newest = pending[pending.length - 1]?.id ?? String(messages[messages.length - 1]?.seq);
    const was = this.#drawn;
    const wrote = pending.length > 0 && newest !== was.newest;
    this.#drawn = { first, newest, height: log.scrollHeight };
    if (this.atEnd || wrote) {
      this.atEnd = true;
      log.scrollTop = log.scrollHeight;
      this.chat.sawAll();
    } else if (first < was.first) {
      log.scrollTop += log.scrollHeight - was.height;
    } else if (newest !== was.newest && !this.ui.behind) {
      this.set({ behind: true });
    }
  }

  // The page below a phone's panel stands still.
  #holdPage(hold: boolean): void {
    const { style } = document.documentElement;
    if (hold && this.#overflow === undefined) {
      this.#overflow = style.overflow;
      style.overflow = 'hidden';
    } else if (!hold && this.#overflow !== undefined) {
      style.overflow = this.#overflow;
      this.#overflow = undefined;
    }
  }
}
