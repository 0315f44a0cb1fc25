// A conversation's messages as one list: merged by seq, holes found, and grouped for reading.

import { sameDay } from '../shared/format';
import type { Message } from '../shared/wire';
import type { Outgoing } from './view';
import type { Note } from './wire';

export function lastSeq(messages: readonly Message[]): number {
  return messages[messages.length - 1]?.seq ?? 0;
}

/** Adds what is new by seq; the list stays in seq order. */
export function addMessages(room: { messages: Message[] }, more: readonly Message[]): void {
  const known = new Set(room.messages.map((one) => one.seq));
  const fresh = more.filter((one) => !known.has(one.seq));
  if (fresh.length === 0) return;
  room.messages = [...room.messages, ...fresh].sort((a, b) => a.seq - b.seq);
}

/** The seq before the first hole after the first message; undefined without one. */
export function firstGap(messages: readonly Message[]): number | undefined {
  for (let i = 1; i < messages.length; ++i) if (messages[i]!.seq !== messages[i - 1]!.seq + 1) return messages[i - 1]!.seq;
  return undefined;
}

export type Entry =
  | { kind: 'message'; key: string; at: string; message: Message }
  | { kind: 'note'; key: string; at: string; note: Note }
  | { kind: 'outgoing'; key: string; at: string; outgoing: Outgoing };

export interface Group {
  key: string;
  /** Who speaks: role and name, or "note". */
  who: string;
  day: boolean;
  entries: Entry[];
}

const together = 5 * 60_000;

/** Entries in reading order, those of one speaker within five minutes in one group. */
export function grouped(messages: readonly Message[], notes: readonly Note[], outgoing: readonly Outgoing[]): Group[] {
  const entries: Entry[] = [
    ...messages.map((message): Entry => ({ kind: 'message', key: `m${message.seq}`, at: message.at, message })),
    ...notes.map((note): Entry => ({ kind: 'note', key: `n${note.seq}`, at: note.at, note })),
  ];
  // Stable: messages of one millisecond keep their seq order.
  entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  for (const one of outgoing) entries.push({ kind: 'outgoing', key: `o${one.id}`, at: one.at, outgoing: one });
  const groups: Group[] = [];
  let before: Entry | undefined;
  for (const entry of entries) {
    const who = speaker(entry);
    const day = !before || !sameDay(before.at, entry.at);
    const group = groups[groups.length - 1];
    if (group && before && !day && group.who === who && who !== 'system' && Date.parse(entry.at) - Date.parse(before.at) < together)
      group.entries.push(entry);
    else groups.push({ key: entry.key, who, day, entries: [entry] });
    before = entry;
  }
  return groups;
}

function speaker(entry: Entry): string {
  if (entry.kind === 'outgoing') return entry.outgoing.kind === 'note' ? 'note:out' : 'agent:out';
  if (entry.kind === 'note') return `note:${entry.note.from.name ?? ''}`;
  const { role, name } = entry.message.from;
  return role === 'system' ? 'system' : `${role}:${name ?? ''}`;
}
