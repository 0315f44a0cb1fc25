// The wire contract (v1) as types: what a visitor's socket says and hears, and the shapes every face shares.
// Additions are free on the wire, so unknown frame types and fields are skipped, never errors.

export type Locale = 'en' | 'ko';

/** Money in the currency's minor unit (KRW has none). */
export interface Money {
  amount: number;
  currency: string;
}

export interface Product {
  id: string;
  title: string;
  brand?: string;
  price: Money;
  list_price?: Money;
  availability: string;
  image?: string;
  link?: string;
  rating?: number;
  why?: string[];
}

export interface ComparisonRow {
  name: string;
  /** One a product, in their order; empty where nothing is known. */
  values: string[];
  differs: boolean;
}

export interface Comparison {
  rows: ComparisonRow[];
}

export interface QuickReply {
  label: string;
  choice: string;
}

export type Role = 'visitor' | 'bot' | 'agent' | 'system';

export interface Sender {
  role: Role;
  name?: string;
  avatar?: string;
}

export interface Person {
  name: string;
  avatar?: string;
}

export interface Message {
  seq: number;
  /** RFC 3339, UTC. */
  at: string;
  from: Sender;
  text: string;
  quick_replies?: QuickReply[];
  products?: Product[];
  /** The products side by side; the lines of `text` after the first say the same. */
  comparison?: Comparison;
  reply_to?: number;
  /** The client's id of a visitor's message. */
  id?: string;
  explain?: unknown;
}

export type ConversationState = 'bot' | 'queued' | 'agent' | 'closed';
export type HandoffState = 'offered' | 'queued' | 'accepted' | 'returned' | 'closed' | 'offline';
export type HandoffReason = 'ready' | 'asked' | 'upset' | 'bot_failed' | 'rule';

export interface Handoff {
  state: HandoffState;
  position?: number;
  wait_s?: number;
  agent?: Person;
  reason?: HandoffReason;
}

export interface Survey {
  survey: string;
  kind: 'csat' | 'ces' | 'nps';
  question: string;
  scale: { min: number; max: number; labels?: string[] };
  follow_up?: string;
}

export type ErrorCode =
  | 'bad_json'
  | 'bad_frame'
  | 'unknown_type'
  | 'too_long'
  | 'rate_limited'
  | 'not_found'
  | 'forbidden'
  | 'conflict'
  | 'unavailable';

export interface WireError {
  type: 'error';
  code: ErrorCode;
  message: string;
  id?: string;
}

export interface Ack {
  type: 'ack';
  id: string;
  seq?: number;
  at: string;
}

// ---- visitor → server

export interface Identity {
  id: string;
  name?: string;
  email?: string;
  hmac?: string;
}

export interface Hello {
  type: 'hello';
  token?: string;
  conversation?: string;
  after?: number;
  locale?: Locale;
  site?: string;
  page?: { url: string; title: string };
  identity?: Identity;
}

export const storefrontEvents = [
  'page_view',
  'product_view',
  'product_click',
  'add_to_cart',
  'remove_from_cart',
  'checkout_start',
  'purchase',
] as const;
export type StorefrontEventName = (typeof storefrontEvents)[number];

export interface StorefrontEvent {
  type: 'event';
  id: string;
  name: StorefrontEventName;
  product?: string;
  value?: Money;
}

export type OutgoingMessage = { type: 'message'; id: string } & ({ text: string } | { choice: string });

export type VisitorFrame =
  | Hello
  | OutgoingMessage
  | StorefrontEvent
  | { type: 'history'; before: number; limit?: number }
  | { type: 'typing'; on: boolean }
  | { type: 'read'; seq: number }
  | { type: 'survey'; survey: string; score: number; comment?: string }
  | { type: 'end' };

// ---- server → visitor

export interface Welcome {
  type: 'welcome';
  conversation: string;
  token: string;
  resumed: boolean;
  state: ConversationState;
  locale: Locale;
  bot: Person;
  agent?: Person;
  handoff?: Handoff;
  survey?: Survey;
  seq: number;
  history: Message[];
  more?: boolean;
}

export type ServerFrame =
  | Welcome
  | Ack
  | ({ type: 'message' } & Message)
  | { type: 'history'; messages: Message[]; more: boolean }
  | { type: 'typing'; from: Sender; on: boolean }
  | ({ type: 'handoff' } & Handoff)
  | ({ type: 'survey' } & Survey)
  | { type: 'read'; seq: number }
  | WireError;
