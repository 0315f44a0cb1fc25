import { pickLocale } from '../shared/i18n';
import type { Settings } from './ui/context';

const key = 'maru.console';

export function loadSettings(): Settings {
  const settings: Settings = { locale: pickLocale(...navigator.languages), theme: 'auto', sound: false, singleKeys: true };
  try {
    Object.assign(settings, JSON.parse(localStorage.getItem(key) ?? '{}'));
  } catch {
    // The defaults do.
  }
  return settings;
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(key, JSON.stringify(settings));
  } catch {
    // Private browsing: for this visit only.
  }
}
