// Single-key shortcuts: never while somebody types, and off when the agent wants (WCAG 2.1.4).

import type { Shell } from './ui/context';

/** The Latin letter meant: with a Korean input method on, A arrives as ㅁ or "Process", and only the key's place tells. */
export function letter(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (/^[a-z/?]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.code === 'Slash') return '/';
  return /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase() ?? event.key;
}

const typingIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function keysOf(shell: () => Shell): () => void {
  const onKey = (event: KeyboardEvent) => {
    const { desk, view, show, go, singleKeys } = shell();
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.querySelector('dialog[open]')) return;
    if (typingIn(event.target)) {
      if (event.key === 'Escape') (event.target as HTMLElement).blur();
      return;
    }
    const items = [...document.querySelectorAll<HTMLElement>('[data-item]')];
    const focused = items.findIndex((one) => one === document.activeElement);
    const key = event.shiftKey && letter(event) === '/' ? '?' : letter(event);
    const inList = focused >= 0;
    if (!singleKeys && !(inList && key.startsWith('Arrow'))) return;

    const move = (by: number) => {
      const from = focused >= 0 ? focused : items.findIndex((one) => one.dataset['item'] === view.open);
      items[from < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, from + by))]?.focus();
    };
    const compose = (tab: string) => {
      document.getElementById(tab)?.click();
      document.getElementById('composer')?.focus();
    };
    const mine = view.mine.some((one) => one.conversation === view.open);
    switch (key) {
      case 'a': {
        const chosen = items[focused];
        const queued = (id: string | undefined) => view.queue.find((one) => one.conversation === id)?.conversation;
        const id = (chosen && queued(chosen.dataset['item'])) ?? queued(view.open) ?? view.queue[0]?.conversation;
        if (id) desk.accept(id);
        break;
      }
      case 'j':
        move(1);
        break;
      case 'k':
        move(-1);
        break;
      case 'ArrowDown':
      case 'ArrowUp':
        // Elsewhere the arrows scroll.
        if (!inList && event.target !== document.body) return;
        move(key === 'ArrowDown' ? 1 : -1);
        break;
      case '/':
        document.getElementById('search')?.focus();
        break;
      case '?':
        show('shortcuts');
        break;
      case 'r':
        compose('tab-reply');
        break;
      case 'n':
        compose('tab-note');
        break;
      case 't':
        if (mine) show('transfer');
        break;
      case 'x':
        if (mine) show('close');
        break;
      case 'Escape':
        if (view.open) go(undefined);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}
