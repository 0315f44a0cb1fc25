// What the visitor sent and the server has not acknowledged: kept in the tab's storage through reloads, sent
// in order under the same ids until an ack comes, at most `window` at a time (the server stops reading a socket
// with more).

import type { Money, OutgoingMessage, StorefrontEvent, StorefrontEventName } from '../shared/wire';
import type { Memory } from './memory';

interface Common {
  id: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Refused: waits for the visitor to try again or discard. */
  failed?: boolean;
}
export type OutMessage = Common & { text: string; choice?: string };
export type OutEvent = Common & { name: StorefrontEventName; product?: string; value?: Money };
export type Out = OutMessage | OutEvent;

export const isMessage = (out: Out): out is OutMessage => 'text' in out;

export const window = 8;
// Events of a page nobody chats on; the newest tell more.
const mostEvents = 50;

export class Outbox {
  #items: Out[];
  readonly #flying = new Set<string>();

  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    let items: unknown;
    try {
      items = JSON.parse(memory.get('tab', 'out') ?? '[]');
    } catch {
      // Somebody else's value: start empty.
    }
    this.#items = Array.isArray(items) ? (items as Out[]).filter((item) => typeof item?.id === 'string') : [];
  }

  get all(): readonly Out[] {
    return this.#items;
  }

  get messages(): OutMessage[] {
    return this.#items.filter(isMessage);
  }

  add(item: Out): void {
    this.#items = [...this.#items, item];
    const events = this.#items.filter((one) => !isMessage(one) && !this.#flying.has(one.id));
    if (events.length > mostEvents) this.#items = this.#items.filter((one) => one !== events[0]);
    this.#save();
  }

  /** The item, if it was here: it is done. */
  remove(id: string): Out | undefined {
    const item = this.#items.find((one) => one.id === id);
    this.#flying.delete(id);
    if (item) {
      this.#items = this.#items.filter((one) => one !== item);
      this.#save();
    }
    return item;
  }

  mark(id: string, failed: boolean): void {
    this.#flying.delete(id);
    this.#items = this.#items.map((one) => (one.id === id ? { ...one, failed } : one));
    this.#save();
  }

  /** Not on its way any more: the next flush sends it again. */
  land(id?: string): void {
    if (id === undefined) this.#flying.clear();
    else this.#flying.delete(id);
  }

  get waiting(): boolean {
    return this.#flying.size > 0;
  }

  /** Sends what may go now. */
  flush(send: (frame: OutgoingMessage | StorefrontEvent) => boolean): void {
    for (const item of this.#items) {
      if (this.#flying.size >= window) return;
      if (item.failed || this.#flying.has(item.id)) continue;
      if (!send(frameOf(item))) return;
      this.#flying.add(item.id);
    }
  }

  #save(): void {
    this.#memory.set('tab', 'out', this.#items.length ? JSON.stringify(this.#items) : null);
  }
}

function frameOf(item: Out): OutgoingMessage | StorefrontEvent {
  if (!isMessage(item)) {
    const { id, name, product, value } = item;
    return { type: 'event', id, name, ...(product && { product }), ...(value && { value }) };
  }
  return item.choice !== undefined
    ? { type: 'message', id: item.id, choice: item.choice }
    : { type: 'message', id: item.id, text: item.text };
}
