// Messages in order: merging by seq, and what stands next to what on the screen. Pure.

import { sameDay } from '../shared/format';
import type { Message } from '../shared/wire';

/** Both sorted by seq, each seq once. The newcomer wins: it may know more (products after a reload). */
export function merge(known: readonly Message[], fresh: readonly Message[]): Message[] {
  const bySeq = new Map([...known, ...fresh].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

export interface Place {
  /** The day changes here. */
  day: boolean;
  /** First of a run by one sender: shows who speaks. */
  first: boolean;
  /** Last of a run: shows the time. */
  last: boolean;
}

// Longer pauses start a new run, so that the time shown below one is true for all of it.
const pause = 3 * 60_000;

type Placed = Pick<Message, 'at' | 'from'>;

export function place(before: Placed | undefined, message: Placed, after: Placed | undefined): Place {
  return {
    day: !before || !sameDay(before.at, message.at),
    first: !before || !together(before, message),
    last: !after || !together(message, after),
  };
}

function together(a: Placed, b: Placed): boolean {
  return (
    a.from.role === b.from.role &&
    a.from.name === b.from.name &&
    sameDay(a.at, b.at) &&
    Math.abs(Date.parse(b.at) - Date.parse(a.at)) < pause
  );
}
