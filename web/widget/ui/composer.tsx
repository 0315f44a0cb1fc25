import { send } from './icons';
import type { Screen } from './screen';

// The field keeps its own text (it must not be drawn while 한글 is being composed in it); the screen keeps a copy
// for the next time the panel opens.
export function composer(s: Screen) {
  const { chat, ui, view, t } = s;

  const grow = (field: HTMLTextAreaElement) => {
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
  };
  const submit = () => {
    const field = s.find('.composer textarea') as HTMLTextAreaElement;
    if (!field.value.trim()) return;
    chat.say(field.value);
    field.value = '';
    grow(field);
    s.set({ draft: '' });
  };
  const key = (event: KeyboardEvent) => {
    // While 한글 is being composed, Enter finishes the syllable; some browsers say so only by key code 229.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  };
  const input = (event: { currentTarget: HTMLTextAreaElement }) => {
    const field = event.currentTarget;
    grow(field);
    chat.typing(field.value);
    const same = !ui.draft.trim() === !field.value.trim();
    ui.draft = field.value;
    // Drawn only when the button changes: a long chat need not be compared at every key.
    if (!same) s.draw();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
        s.find('.composer textarea')!.focus();
      }}
    >
      <textarea
        rows={1}
        defaultValue={ui.draft}
        maxLength={4000}
        enterkeyhint="send"
        aria-label={t('say')}
        placeholder={t(view.state === 'closed' ? 'sayAgain' : 'say')}
        onKeyDown={key}
        onInput={input}
      />
      <button class="send" aria-label={t('send')} disabled={!ui.draft.trim()}>
        {send()}
      </button>
    </form>
  );
}
