// The agent's side of the wire contract (v1). Additions are free: unknown frames and fields are skipped.

import type { Ack, ConversationState, HandoffReason, HandoffState, Locale, Message, Product, Sender, WireError } from '../shared/wire';

export type PresenceStatus = 'online' | 'away' | 'offline';

export interface Me {
  id: string;
  name: string;
  role: 'agent' | 'admin';
  team?: string;
  must_change_password?: boolean;
}

export interface Colleague {
  id: string;
  name: string;
  team?: string;
  status: PresenceStatus;
}

export interface Canned {
  id: string;
  title: Partial<Record<Locale, string>>;
  text: Partial<Record<Locale, string>>;
}

export interface Signal {
  name: string;
  score: number;
  /** A product's id, or what was said. */
  detail?: string;
}

export interface Readiness {
  score: number;
  threshold?: number;
  signals: Signal[];
}

export interface Item {
  conversation: string;
  waiting_s: number;
  since: string;
  reason: HandoffReason;
  state?: HandoffState;
  team?: string;
  locale?: Locale;
  epoch?: number;
  visitor?: string;
  sla_due?: string;
  summary: string;
  readiness?: Readiness;
  interests?: Product[];
}

export interface Visitor {
  id?: string;
  name?: string;
  email?: string;
  verified?: boolean;
  locale?: Locale;
  page?: { url: string; title: string };
}

export interface Note {
  seq: number;
  at: string;
  from: Sender;
  id?: string;
  text: string;
}

export interface ConversationFrame {
  type: 'conversation';
  conversation: string;
  epoch: number;
  state: ConversationState;
  locale: Locale;
  seq: number;
  visitor: Visitor;
  summary: string;
  readiness: Readiness;
  interests: Product[];
  labels: string[];
  agent: { id: string; name: string } | null;
  reason?: HandoffReason;
  team?: string;
  notes: Note[];
  history: Message[];
  more?: boolean;
}

/** What is wrong with the content on the disk; told to admins. */
export type Problem = string | { file?: string; line?: number; column?: number; message?: string; text?: string };

export type AgentIn =
  | {
      type: 'welcome';
      agent: Me;
      status: PresenceStatus;
      agents: Colleague[];
      teams: string[];
      canned: Canned[];
      locale: Locale;
      queue: Item[];
      mine: Item[];
    }
  | { type: 'queue'; items: Item[] }
  | ConversationFrame
  | {
      type: 'assigned';
      conversation: string;
      epoch: number;
      state: ConversationState;
      agent: { id: string; name: string } | null;
    }
  | ({ type: 'message'; conversation: string } & Message)
  | ({ type: 'note'; conversation: string } & Note)
  | { type: 'typing'; conversation: string; from: Sender; on: boolean }
  | { type: 'read'; conversation: string; from?: Sender; seq: number }
  | { type: 'handoff'; conversation: string; state: HandoffState; reason?: HandoffReason }
  | { type: 'survey'; conversation: string }
  | { type: 'labels'; conversation: string; labels: string[] }
  | { type: 'presence'; agent: { id: string; name: string }; status: PresenceStatus }
  | (Ack & { conversation?: string; missed?: Message[] })
  | (WireError & { conversation?: string; epoch?: number; missed?: Message[] })
  | { type: 'content'; version?: string; problems?: Problem[] };

export type AgentOut =
  | { type: 'hello' }
  | { type: 'presence'; status: PresenceStatus }
  | { type: 'open'; conversation: string; after?: number }
  | { type: 'leave' | 'accept'; conversation: string }
  | { type: 'message'; conversation: string; id: string; text: string; products?: string[]; epoch?: number; after?: number }
  | { type: 'note'; conversation: string; id: string; text: string }
  | { type: 'typing'; conversation: string; on: boolean }
  | { type: 'transfer'; conversation: string; to: { agent: string } | { team: string } | { bot: true }; note?: string }
  | { type: 'close'; conversation: string; resolution?: string }
  | { type: 'label'; conversation: string; add?: string[]; remove?: string[] }
  | { type: 'read'; conversation: string; seq: number };
