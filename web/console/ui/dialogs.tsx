import { useEffect, useRef, useState } from 'preact/hooks';
import type { Room } from '../view';
import { useShell } from './context';

function Dialog({ title, leave, children }: { title: string; leave(): void; children: preact.ComponentChildren }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.showModal();
    return () => before?.focus?.();
  }, []);
  return (
    <dialog
      ref={box}
      aria-labelledby="dialog-title"
      onCancel={(e) => {
        e.preventDefault();
        leave();
      }}
      onClick={(e) => {
        if (e.target === box.current) leave();
      }}
    >
      <div class="dialog-body">
        <h2 id="dialog-title">{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

export function TransferDialog({ room }: { room: Room }) {
  const { t, view, desk, show } = useShell();
  const others = view.colleagues.filter((one) => one.id !== view.me.id);
  const here = others.filter((one) => one.status !== 'offline');
  const [wanted, setKind] = useState<'agent' | 'team' | 'bot'>('agent');
  const [picked, setAgent] = useState('');
  // Colleagues come and go while the dialog is open.
  const kind = wanted === 'agent' && here.length === 0 ? (view.teams.length ? 'team' : 'bot') : wanted;
  const agent = (here.find((one) => one.id === picked) ?? here.find((one) => one.status === 'online') ?? here[0])?.id ?? '';
  const [team, setTeam] = useState(view.teams.find((one) => one !== room.team) ?? view.teams[0] ?? '');
  const [note, setNote] = useState('');
  const leave = () => show(undefined);
  const submit = (event: Event) => {
    event.preventDefault();
    desk.transfer(room.id, kind === 'agent' ? { agent } : kind === 'team' ? { team } : { bot: true }, note.trim());
    leave();
  };
  const option = (value: typeof kind, label: string, able: boolean) => (
    <label class="choice">
      <input type="radio" name="to" checked={kind === value} disabled={!able} onChange={() => setKind(value)} />
      {label}
    </label>
  );
  return (
    <Dialog title={t('transferTitle')} leave={leave}>
      <form onSubmit={submit}>
        <fieldset>
          <legend class="hidden">{t('transferTitle')}</legend>
          {option('agent', t('transferAgent'), here.length > 0)}
          {kind === 'agent' && here.length > 0 && (
            <select aria-label={t('transferAgent')} value={agent} onChange={(e) => setAgent(e.currentTarget.value)}>
              {others.map((one) => (
                <option key={one.id} value={one.id} disabled={one.status === 'offline'}>
                  {one.name} · {t(one.status)}
                  {one.team ? ` · ${one.team}` : ''}
                </option>
              ))}
            </select>
          )}
          {here.length === 0 && <p class="dim">{t('noColleagues')}</p>}
          {option('team', t('transferTeam'), view.teams.length > 0)}
          {kind === 'team' && (
            <select aria-label={t('transferTeam')} value={team} onChange={(e) => setTeam(e.currentTarget.value)}>
              {view.teams.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
          {option('bot', t('transferBot'), true)}
        </fieldset>
        <label>
          {t('transferNote')}
          <textarea rows={3} maxLength={4000} value={note} onInput={(e) => setNote(e.currentTarget.value)} />
        </label>
        <div class="dialog-foot">
          <button type="button" class="secondary" onClick={leave}>
            {t('cancel')}
          </button>
          <button class="primary">{t('transfer')}</button>
        </div>
      </form>
    </Dialog>
  );
}

const outcomes = ['solved', 'sold', 'follow_up', 'no_answer', 'spam'] as const;

export function CloseDialog({ room }: { room: Room }) {
  const { t, desk, show } = useShell();
  const [outcome, setOutcome] = useState<string>(room.reason === 'ready' ? 'sold' : 'solved');
  const leave = () => show(undefined);
  return (
    <Dialog title={t('closeTitle')} leave={leave}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          desk.close(room.id, outcome);
          leave();
        }}
      >
        <p class="dim">{t('closeLead')}</p>
        <fieldset>
          <legend>{t('resolution')}</legend>
          {outcomes.map((one) => (
            <label key={one} class="choice">
              <input type="radio" name="outcome" autofocus={outcome === one} checked={outcome === one} onChange={() => setOutcome(one)} />
              {t(`res_${one}`)}
            </label>
          ))}
        </fieldset>
        <div class="dialog-foot">
          <button type="button" class="secondary" onClick={leave}>
            {t('cancel')}
          </button>
          <button class="primary" id="confirm-close">
            {t('confirmClose')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function ShortcutsDialog() {
  const { t, show, singleKeys, set } = useShell();
  const rows = [
    ['A', 'key_accept'],
    ['J K ↓ ↑', 'key_move'],
    ['Enter', 'key_open'],
    ['/', 'key_search'],
    ['R', 'key_reply'],
    ['N', 'key_note'],
    ['T', 'key_transfer'],
    ['X', 'key_close'],
    ['/', 'key_canned'],
    ['Esc', 'key_escape'],
    ['?', 'key_help'],
  ] as const;
  return (
    <Dialog title={t('shortcuts')} leave={() => show(undefined)}>
      <dl class="keys">
        {rows.map(([keys, text]) => (
          <div key={text}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <label class="choice">
        <input type="checkbox" checked={singleKeys} onChange={(e) => set({ singleKeys: e.currentTarget.checked })} />
        {t('shortcutsOn')}
      </label>
      <div class="dialog-foot">
        <button class="primary" onClick={() => show(undefined)}>
          {t('done')}
        </button>
      </div>
    </Dialog>
  );
}
