import type { PresenceStatus } from '../wire';
import { useShell, type Theme } from './context';
import * as icons from './icons';

const themes: Theme[] = ['auto', 'light', 'dark'];

export function Bar() {
  const { t, view, desk, theme, sound, locale, set, show, signOut } = useShell();
  const Look = theme === 'light' ? icons.Sun : theme === 'dark' ? icons.Moon : icons.Half;
  const other = locale === 'ko' ? 'en' : 'ko';
  return (
    <header class="bar">
      <p class="brand">
        <span class="brand-mark">
          <icons.Mark />
        </span>
        <span class="brand-name">Maru</span>
      </p>
      <span class="spacer" />
      <label class={`presence is-${view.link === 'live' ? view.status : 'offline'}`}>
        <span class="hidden">{t('presence')}</span>
        <i aria-hidden="true" />
        <select id="presence" value={view.status} onChange={(e) => desk.presence(e.currentTarget.value as PresenceStatus)}>
          <option value="online">{t('online')}</option>
          <option value="away">{t('away')}</option>
          <option value="offline">{t('offline')}</option>
        </select>
      </label>
      <button class="round" aria-label={t(sound ? 'soundOn' : 'soundOff')} title={t(sound ? 'soundOn' : 'soundOff')} aria-pressed={sound} onClick={() => set({ sound: !sound })}>
        {sound ? <icons.Bell /> : <icons.BellOff />}
      </button>
      <button class="round" aria-label={t(`theme_${theme}`)} title={t(`theme_${theme}`)} onClick={() => set({ theme: themes[(themes.indexOf(theme) + 1) % 3]! })}>
        <Look />
      </button>
      <button class="round" id="language" lang={other} aria-label={t('switchLanguage')} title={t('switchLanguage')} onClick={() => set({ locale: other })}>
        <icons.Globe />
      </button>
      <button class="round wide-only" aria-label={t('shortcuts')} title={`${t('shortcuts')} (?)`} onClick={() => show('shortcuts')}>
        <icons.Keyboard />
      </button>
      <span class="me wide-only" title={t('account', { name: view.me.name })}>
        {view.me.name}
      </span>
      <button class="round" aria-label={t('signOut')} title={t('signOut')} onClick={signOut}>
        <icons.Out />
      </button>
    </header>
  );
}
