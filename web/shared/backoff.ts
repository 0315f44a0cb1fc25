// How long to wait before the next attempt to connect. "Full jitter" below a doubling ceiling, so that a
// thousand pages cut off by one restart do not all return in the same moment
// (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).

export interface BackoffOptions {
  /** Ceiling of the first wait, in milliseconds. */
  first?: number;
  /** Ceiling of every wait, in milliseconds. */
  most?: number;
  /** 0 ≤ random() < 1. */
  random?: () => number;
}

/** Milliseconds to wait before attempt number `attempt` (0 is the first one after a loss). */
export function backoff(attempt: number, { first = 600, most = 20_000, random = Math.random }: BackoffOptions = {}): number {
  const ceiling = Math.min(most, first * 2 ** Math.min(attempt, 16));
  // Never at once: a server that refuses would be called in a tight loop.
  return Math.round(ceiling * (0.25 + 0.75 * random()));
}
