// Waiting for conditions, never for time to pass.

// Sanitizer builds are several times slower; MARU_SLOW stretches every patience.
export const slow = Number(process.env.MARU_SLOW ?? 1);
export const deep = process.env.MARU_DEEP === '1';

export function patience(ms) {
  return Math.ceil(ms * slow);
}

export function timeoutError(what, ms) {
  return new Error(`not within ${ms} ms: ${what}`);
}

// Polls a condition outside this process (a file, an HTTP answer) until it gives something truthy.
export async function until(condition, what, ms = 10_000) {
  const limit = patience(ms);
  const end = Date.now() + limit;
  let last;
  for (;;) {
    try {
      const got = await condition();
      if (got) return got;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      const error = timeoutError(what, limit);
      error.cause = last;
      throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

// Waits on things that happen in this process: `notify` after each, `wait` for one that fits.
export class Signal {
  #waiters = new Set();

  notify() {
    for (const waiter of [...this.#waiters]) waiter();
  }

  wait(condition, what, ms = 10_000) {
    const limit = patience(ms);
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        this.#waiters.delete(check);
      };
      const check = () => {
        let got;
        try {
          got = condition();
        } catch (error) {
          stop();
          reject(error);
          return;
        }
        if (got) {
          stop();
          resolve(got);
        }
      };
      const timer = setTimeout(() => {
        stop();
        reject(timeoutError(typeof what === 'function' ? what() : what, limit));
      }, limit);
      this.#waiters.add(check);
      check();
    });
  }
}

// Runs `task` for every item, at most `width` at once.
export async function eachOf(items, width, task) {
  const queue = [...items];
  await Promise.all(
    Array.from({ length: Math.min(width, queue.length) }, async () => {
      while (queue.length > 0) await task(queue.shift());
    }),
  );
}
