// What the console knows, as its faces read it, and how each part of it begins. The desk changes it (desk.ts), and
// what the server says (news.ts).

import type { ConversationState, HandoffReason, Locale, Message, Product } from '../shared/wire';
import type { Canned, Colleague, Item, Me, Note, PresenceStatus, Problem, Readiness, Visitor } from './wire';

/** An item with the wait counted on this machine's clock. */
export type Waiting = Item & { begun: number; due?: number };

export interface Outgoing {
  kind: 'message' | 'note';
  id: string;
  conversation: string;
  text: string;
  products: Product[];
  epoch: number;
  after: number;
  at: string;
  /** sending: until acknowledged. refused: the conversation changed hands. failed: may be tried again. */
  status: 'sending' | 'refused' | 'failed';
  why?: string;
}

export interface Room {
  id: string;
  /** The history has been read; before, only what arrived live is there. */
  loaded: boolean;
  epoch: number;
  state: ConversationState;
  locale: Locale;
  visitor: Visitor;
  summary: string;
  readiness?: Readiness;
  interests: Product[];
  labels: string[];
  agent: { id: string; name: string } | null;
  reason?: HandoffReason;
  team?: string;
  notes: Note[];
  messages: Message[];
  more: boolean;
  /** Newest message the visitor, and I, have seen. */
  visitorRead: number;
  myRead: number;
  typing?: { until: number; name?: string };
  /** Messages that came while the last sent one was being written. */
  missed: number;
}

export interface Toast {
  id: number;
  kind: 'info' | 'error';
  key: 'taken' | 'gone' | 'assignedToYou' | 'otherError';
  values: Record<string, string>;
  /** The conversation whose visitor is meant by {name}. */
  about?: string;
}

export interface View {
  link: 'connecting' | 'live' | 'lost';
  me: Me;
  status: PresenceStatus;
  colleagues: Colleague[];
  teams: string[];
  canned: Canned[];
  queue: Waiting[];
  mine: Waiting[];
  rooms: Map<string, Room>;
  outbox: Outgoing[];
  open?: string;
  accepting?: string;
  problems: Problem[];
  toasts: Toast[];
}

export function counted(item: Item): Waiting {
  const begun = Date.now() - item.waiting_s * 1000;
  return item.sla_due ? { ...item, begun, due: begun + Date.parse(item.sla_due) - Date.parse(item.since) } : { ...item, begun };
}

export function emptyView(me: Me, outbox: Outgoing[]): View {
  return {
    link: 'connecting',
    me,
    status: 'online',
    colleagues: [],
    teams: [],
    canned: [],
    queue: [],
    mine: [],
    rooms: new Map(),
    outbox,
    problems: [],
    toasts: [],
  };
}

/** The room of a conversation, made of what its item says when there is none yet. */
export function roomOf(view: View, id: string): Room {
  let room = view.rooms.get(id);
  if (!room) {
    const item = [...view.mine, ...view.queue].find((one) => one.conversation === id);
    room = {
      id,
      loaded: false,
      epoch: item?.epoch ?? 0,
      state: 'bot',
      locale: item?.locale ?? 'ko',
      visitor: item?.visitor ? { name: item.visitor } : {},
      summary: item?.summary ?? '',
      interests: item?.interests ?? [],
      labels: [],
      agent: null,
      notes: [],
      messages: [],
      more: false,
      visitorRead: 0,
      myRead: 0,
      missed: 0,
      ...(item?.readiness ? { readiness: item.readiness } : {}),
      ...(item?.reason ? { reason: item.reason } : {}),
    };
    view.rooms.set(id, room);
  }
  return room;
}

/** A line in one's own list for a conversation that came without one. */
export function itemOf(view: View, id: string): Waiting {
  const room = roomOf(view, id);
  return {
    conversation: id,
    waiting_s: 0,
    since: new Date().toISOString(),
    begun: Date.now(),
    reason: room.reason ?? 'asked',
    locale: room.locale,
    summary: room.summary,
    ...(room.visitor.name ? { visitor: room.visitor.name } : {}),
    ...(room.readiness ? { readiness: room.readiness } : {}),
  };
}
