import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import { api } from '../api';
import { Desk } from '../desk';
import { keysOf } from '../keys';
import { loadSettings, saveSettings } from '../settings';
import { ring } from '../sound';
import { translate } from '../texts';
import type { Me } from '../wire';
import { Bar } from './bar';
import { ShellContext, type DialogName, type Settings, type Shell } from './context';
import { Details } from './details';
import { CloseDialog, ShortcutsDialog, TransferDialog } from './dialogs';
import * as icons from './icons';
import { List } from './list';
import { SignIn } from './login';
import { Notices } from './notices';
import { RoomPane } from './room';

export function App() {
  const [settings, setSettings] = useState<Settings>(loadSettings);
  const [me, setMe] = useState<Me | null | undefined>();
  const set = (change: Partial<Settings>) =>
    setSettings((before) => {
      const next = { ...before, ...change };
      saveSettings(next);
      return next;
    });
  useEffect(() => {
    api.me().then(setMe, () => setMe(null));
  }, []);
  useEffect(() => {
    const { documentElement } = document;
    documentElement.lang = settings.locale;
    if (settings.theme === 'auto') delete documentElement.dataset['theme'];
    else documentElement.dataset['theme'] = settings.theme;
  }, [settings]);
  const t = translate(settings.locale);
  useEffect(() => {
    if (!me) document.title = `${t('signIn')} · Maru`;
  }, [me, settings.locale]);

  if (me === undefined) return <p class="boot">{t('loading')}</p>;
  if (me === null || me.must_change_password)
    return <SignIn locale={settings.locale} setLocale={(locale) => set({ locale })} {...(me ? { me } : {})} done={setMe} />;
  return <Console key={me.id} me={me} settings={settings} set={set} signedOut={() => setMe(null)} />;
}

const addressed = () => /^#\/c\/([\w-]+)$/.exec(location.hash)?.[1];

function Console({ me, settings, set, signedOut }: { me: Me; settings: Settings; set(change: Partial<Settings>): void; signedOut(): void }) {
  const [, changed] = useReducer((n: number) => n + 1, 0);
  const [dialog, show] = useState<DialogName>();
  const [details, setDetails] = useState(false);
  const sound = useRef(settings.sound);
  sound.current = settings.sound;
  const desk = useMemo(() => new Desk(me, { changed: () => changed(0), signedOut, rang: () => sound.current && ring() }), []);
  const { view } = desk;
  const t = translate(settings.locale);

  const go = (id: string | undefined) => {
    const hash = id ? `#/c/${id}` : '#/';
    if (location.hash !== hash) history.pushState(null, '', hash);
    setDetails(false);
    desk.open(id);
  };
  useEffect(() => {
    const here = () => {
      setDetails(false);
      desk.open(addressed());
    };
    desk.open(addressed());
    desk.start();
    addEventListener('popstate', here);
    const seen = () => view.open && desk.seen(view.open);
    document.addEventListener('visibilitychange', seen);
    return () => {
      desk.stop();
      removeEventListener('popstate', here);
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
  // Accepting opens: the address follows.
  useEffect(() => {
    if (view.open && addressed() !== view.open) history.pushState(null, '', `#/c/${view.open}`);
    // On a phone the keyboard would hide what one came to read.
    if (view.open && !matchMedia('(pointer: coarse)').matches) document.getElementById('composer')?.focus({ preventScroll: true });
  }, [view.open]);

  const waiting = view.queue.length;
  const unread = view.mine.reduce((sum, one) => sum + desk.unread(one.conversation), 0);
  useEffect(() => {
    document.title = `${waiting + unread > 0 ? `(${waiting + unread}) ` : ''}${t('console')} · Maru`;
  }, [waiting, unread, settings.locale]);

  const shell: Shell = {
    desk,
    view,
    t,
    ...settings,
    set,
    show,
    go,
    signOut: () => {
      desk.stop();
      void api.logout().then(signedOut, signedOut);
    },
  };
  const room = view.open ? view.rooms.get(view.open) : undefined;
  const keys = useRef(shell);
  keys.current = shell;
  useEffect(() => keysOf(() => keys.current), []);

  return (
    <ShellContext.Provider value={shell}>
      <div class={`console ${room ? 'has-room' : ''} ${details ? 'has-details' : ''}`}>
        <a class="skip" href="#room" onClick={(e) => (e.preventDefault(), document.getElementById('room')?.focus())}>
          {t('skip')}
        </a>
        <Bar />
        <Notices />
        <List />
        {room ? (
          <>
            <RoomPane room={room} details={() => setDetails(!details)} />
            <Details room={room} leave={() => setDetails(false)} />
          </>
        ) : (
          <main class="pane nothing" id="room" tabIndex={-1}>
            <span class="brand-mark big">
              <icons.Mark />
            </span>
            <h1>{t('pick')}</h1>
            <p>{t('pickLead')}</p>
          </main>
        )}
        {dialog === 'transfer' && room && <TransferDialog room={room} />}
        {dialog === 'close' && room && <CloseDialog room={room} />}
        {dialog === 'shortcuts' && <ShortcutsDialog />}
      </div>
    </ShellContext.Provider>
  );
}
