import { composer } from './composer';
import { header } from './header';
import { messages } from './messages';
import type { Screen } from './screen';

export function panel(s: Screen) {
  const { ui, view, t, root } = s;

  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.isComposing) {
      event.stopPropagation();
      if (ui.ending) s.set({ ending: false }, '.composer textarea');
      else s.close();
    }
    // On a phone the panel is the page, and a question is to be answered: the focus stays inside.
    if (event.key !== 'Tab' || !(ui.full || ui.ending)) return;
    const scope = s.find(ui.ending ? '.sheet' : '.panel')!;
    const stops = [...scope.querySelectorAll<HTMLElement>('a[href],button:not(:disabled,[tabindex]),textarea,[tabindex="0"]')];
    const [first, last] = [stops[0], stops[stops.length - 1]];
    if (root.activeElement !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  };

  return (
    <div key="panel" class="panel" role="dialog" aria-modal={ui.full} aria-label={t('panel', { name: view.bot.name || 'Maru' })} onKeyDown={keys}>
      {header(s)}
      {notice(s)}
      {messages(s)}
      {composer(s)}
      {ui.ending && end(s)}
    </div>
  );
}

/** The strip below the header: no connection, or a place in the queue. */
function notice({ chat, view, t }: Screen) {
  const { connection, state, handoff } = view;
  const waiting = state === 'queued' && connection === 'online';
  const parts: string[] = [];
  if (connection === 'offline' || connection === 'refused') parts.push(t(connection));
  else if (waiting) {
    const { position = 0, wait_s = 0 } = handoff ?? {};
    parts.push(t('queued'));
    if (position) parts.push(position > 1 ? t('position', { n: position }) : t('next'));
    if (wait_s) parts.push(t('wait', { n: Math.ceil(wait_s / 60) }));
  }
  return (
    <div role="status">
      {parts.length > 0 && (
        <div class={`notice${waiting ? '' : ' trouble'}`}>
          <span>{parts.join(' · ')}</span>
          {waiting && <button onClick={() => chat.choose('handoff:cancel', t('cancel'))}>{t('cancel')}</button>}
        </div>
      )}
    </div>
  );
}

function end(s: Screen) {
  const { t } = s;
  const no = () => s.set({ ending: false }, '.composer textarea');
  const yes = () => {
    s.chat.end();
    no();
  };
  return (
    <div class="cover" onClick={(event) => event.target === event.currentTarget && no()}>
      <div class="sheet" role="alertdialog" aria-modal="true" aria-labelledby="end-title" aria-describedby="end-text">
        <h3 id="end-title">{t('endAsk')}</h3>
        <p id="end-text">{t('endMore')}</p>
        <div class="choices">
          <button class="quiet" onClick={no}>
            {t('endNo')}
          </button>
          <button class="strong" onClick={yes}>
            {t('end')}
          </button>
        </div>
      </div>
    </div>
  );
}
