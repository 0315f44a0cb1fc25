// Addresses without page loads: real paths through the history API; the server answers each with index.html.

import { useEffect, useState } from 'preact/hooks';

export interface Place {
  path: string;
  query: URLSearchParams;
}

const here = (): Place => ({ path: decodeURI(location.pathname), query: new URLSearchParams(location.search) });
const listeners = new Set<(place: Place) => void>();
const changed = (): void => listeners.forEach((listener) => listener(here()));
window.addEventListener('popstate', changed);

export function go(to: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', to);
  else history.replaceState(null, '', to);
  if (how === 'push') window.scrollTo({ top: 0, behavior: 'instant' });
  changed();
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    listeners.add(setPlace);
    return () => void listeners.delete(setPlace);
  }, []);
  return place;
}

/** Follows plain clicks on the shop's own links; anything with a modifier, a target or a download is the browser's. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.hash && link.pathname === location.pathname) return;
  if (/^\/(console|studio|media|shop)(\/|$)/.test(link.pathname)) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
