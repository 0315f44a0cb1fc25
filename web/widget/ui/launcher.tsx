import * as icons from './icons';
import type { Screen } from './screen';

export function launcher({ chat, view, t, close }: Screen) {
  const { open, unread } = view;
  const label = open ? t('close') : unread ? t('openUnread', { n: unread }) : t('open');
  return (
    <>
      <button
        key="launcher"
        class={`launcher${open ? ' opened' : ''}`}
        aria-label={label}
        aria-expanded={open}
        onClick={() => (open ? close() : chat.open())}
      >
        {open ? icons.down() : icons.chat()}
        {!open && unread > 0 && <span class="badge">{unread > 9 ? '9+' : unread}</span>}
      </button>
      <div key="news" class="hidden" role="status">
        {!open && unread > 0 && label}
      </div>
    </>
  );
}
