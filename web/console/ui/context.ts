// What every part of the console needs: the desk, the words and the settings of this browser.

import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Locale } from '../../shared/wire';
import type { Desk } from '../desk';
import type { T } from '../texts';
import type { View } from '../view';

export type Theme = 'auto' | 'light' | 'dark';
export type DialogName = 'transfer' | 'close' | 'shortcuts';

export interface Shell {
  desk: Desk;
  view: View;
  t: T;
  locale: Locale;
  theme: Theme;
  sound: boolean;
  singleKeys: boolean;
  set(change: Partial<Settings>): void;
  show(dialog: DialogName | undefined): void;
  /** Opens a conversation, or the list, in the address too: the browser's Back works. */
  go(conversation: string | undefined): void;
  signOut(): void;
}

export interface Settings {
  locale: Locale;
  theme: Theme;
  sound: boolean;
  singleKeys: boolean;
}

export const ShellContext = createContext<Shell>(undefined as unknown as Shell);
export const useShell = (): Shell => useContext(ShellContext);

/** Milliseconds, renewed every second while shown. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** A name for somebody who gave none: a number made of the id tells two of them apart, and stays. */
export function visitorName(t: T, name: string | undefined, id: string): string {
  if (name?.trim()) return name.trim();
  let n = 0;
  for (const c of id) n = (n * 31 + c.charCodeAt(0)) % 9973;
  return t('visitorN', { n: String(n).padStart(4, '0') });
}
