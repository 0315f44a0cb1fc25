// What was written and is not acknowledged yet: kept over reloads of the tab, and sent again with its id, which the
// server stores once.

import type { Product } from '../shared/wire';
import { lastSeq } from './thread';
import type { Outgoing, Room } from './view';
import type { AgentOut, Me } from './wire';

const key = 'maru.outbox';

export function outgoing(room: Room, kind: Outgoing['kind'], text: string, products: Product[]): Outgoing {
  return {
    kind,
    id: freshId(),
    conversation: room.id,
    text,
    products,
    epoch: room.epoch,
    after: lastSeq(room.messages),
    at: new Date().toISOString(),
    status: 'sending',
  };
}

export function frameOf({ kind, conversation, id, text, epoch, after, products }: Outgoing): AgentOut {
  if (kind === 'note') return { type: 'note', conversation, id, text };
  return { type: 'message', conversation, id, text, epoch, after, ...(products.length ? { products: products.map((product) => product.id) } : {}) };
}

export function keep(me: Me, list: Outgoing[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify({ agent: me.id, list }));
  } catch {
    // Private browsing: kept in memory only.
  }
}

export function restore(me: Me): Outgoing[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? 'null') as { agent: string; list: Outgoing[] } | null;
    return kept?.agent === me.id ? kept.list : [];
  } catch {
    return [];
  }
}

function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `c${Date.now().toString(36)}${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
