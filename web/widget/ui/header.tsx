import { avatar } from './avatar';
import * as icons from './icons';
import type { Screen } from './screen';

export function header(s: Screen) {
  const { chat, ui, view, t, root } = s;
  const { state, agent, bot, connection, handoff } = view;
  const who = state === 'agent' && agent ? agent : bot;
  const talked = view.messages.some((message) => message.from.role === 'visitor');
  const line =
    connection !== 'online'
      ? 'connecting'
      : state === 'bot' && handoff?.state === 'offline'
        ? 'stateOffline'
        : (`state_${state}` as const);

  const leave = () => s.set({ menu: false }, '.menu button');
  const item = (text: string, act: () => void) => (
    <button
      role="menuitem"
      tabIndex={-1}
      onClick={() => {
        s.set({ menu: false }, '.composer textarea');
        act();
      }}
    >
      {text}
    </button>
  );
  const keys = (event: KeyboardEvent) => {
    if (!ui.menu) return;
    const items = [...root.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = items.indexOf(root.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) items[(to + items.length) % items.length]!.focus();
    else if (event.key === 'Escape') leave();
    else if (event.key === 'Tab') return s.set({ menu: false });
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <header>
      {avatar(s, who === agent ? 'agent' : 'bot', who.name, who.avatar)}
      <div class="who">
        <h2>{who.name || 'Maru'}</h2>
        <p>
          <i class={`dot ${connection === 'online' ? state : 'off'}`} />
          {connection === 'refused' ? '' : t(line)}
        </p>
      </div>
      <div class="menu" onKeyDown={keys}>
        <button
          class="tool"
          aria-haspopup="menu"
          aria-expanded={ui.menu}
          aria-label={t('menu')}
          onClick={() => s.set({ menu: !ui.menu }, '[role=menuitem]')}
        >
          {icons.more()}
        </button>
        {ui.menu && (
          <div role="menu" aria-label={t('menu')}>
            {state !== 'agent' && state !== 'queued' && item(t('person'), () => chat.choose('handoff', t('person')))}
            {item(t('language'), () => chat.speak(view.locale === 'ko' ? 'en' : 'ko'))}
            {talked && state !== 'closed' && item(t('end'), () => s.set({ ending: true }, '.strong'))}
          </div>
        )}
      </div>
      <button class="tool" aria-label={t('close')} onClick={s.close}>
        {icons.close()}
      </button>
    </header>
  );
}
