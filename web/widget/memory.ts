// What the browser keeps for one site: the conversation for all tabs, the outbox for one. Storage may be
// forbidden (private windows, blocked cookies): then the page's own memory must do.

export interface Kept {
  conversation?: string;
  token?: string;
  /** The newest seq the visitor has seen, in any tab. */
  read?: number;
  /** A person has the conversation or is being looked for: worth a connection on every page. */
  live?: boolean;
}

export interface Memory {
  kept(): Kept;
  keep(change: Kept): void;
  /** Small values; `tab` is this tab's alone. */
  get(where: 'site' | 'tab', key: string): string | null;
  set(where: 'site' | 'tab', key: string, value: string | null): void;
  /** Calls back when another tab changed what is kept. */
  watch(changed: () => void): void;
}

export function browserMemory(site: string): Memory {
  const name = (key: string) => `maru:${site}${key && `:${key}`}`;
  const fallback = new Map<string, string>();
  const storage = (where: 'site' | 'tab') => (where === 'site' ? localStorage : sessionStorage);
  const get = (where: 'site' | 'tab', key: string): string | null => {
    try {
      return storage(where).getItem(name(key));
    } catch {
      return fallback.get(where + key) ?? null;
    }
  };
  const set = (where: 'site' | 'tab', key: string, value: string | null): void => {
    try {
      if (value === null) storage(where).removeItem(name(key));
      else storage(where).setItem(name(key), value);
    } catch {
      if (value === null) fallback.delete(where + key);
      else fallback.set(where + key, value);
    }
  };
  const kept = (): Kept => {
    try {
      return (JSON.parse(get('site', '') ?? '{}') as Kept | null) ?? {};
    } catch {
      return {};
    }
  };
  return {
    kept,
    keep(change) {
      const next = JSON.stringify({ ...kept(), ...change });
      if (next !== get('site', '')) set('site', '', next);
    },
    get,
    set,
    watch(changed) {
      addEventListener('storage', (event) => {
        if (event.key === name('')) changed();
      });
    },
  };
}

/** One tab at a time: `work` runs when no other tab of this site is inside. */
export type Exclusive = (work: () => Promise<void>) => void;

export function exclusive(memory: Memory, site: string): Exclusive {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  if (locks) return (work) => void locks.request(`maru:${site}`, work).catch(() => undefined);
  // Web Locks need a secure page. Elsewhere: write a name, wait until a rival would have overwritten it, look.
  const me = String(Math.random());
  const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const mine = () => memory.get('site', 'lock')?.startsWith(me);
  return async (work) => {
    do {
      if (Number(memory.get('site', 'lock')?.split(' ')[1] ?? 0) < Date.now()) memory.set('site', 'lock', `${me} ${Date.now() + 5000}`);
      await sleep(50 + Math.random() * 50);
    } while (!mine());
    await work();
    if (mine()) memory.set('site', 'lock', null);
  };
}
