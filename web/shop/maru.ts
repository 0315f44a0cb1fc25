// What the page tells the chat. Calls made before widget.js has loaded wait in maru.q, as on any customer's page.

import type { Money } from '../shared/wire';

type Maru = { (...call: unknown[]): void; q?: IArguments[]; loaded?: boolean };
type Page = { maru?: Maru };

const page = window as unknown as Page;
page.maru ??= function queue() {
  const waiting = page.maru;
  // The widget reads the queue as calls: `arguments` is what the public snippet pushes.
  if (waiting) (waiting.q ??= []).push(arguments);
};

export type ShopEvent =
  | 'page_view'
  | 'product_view'
  | 'product_click'
  | 'add_to_cart'
  | 'remove_from_cart'
  | 'checkout_start'
  | 'purchase';

export function tell(event: ShopEvent, about: { product?: string; value?: Money } = {}): void {
  page.maru?.('event', event, about);
}

export function openChat(): void {
  page.maru?.('open');
}
