import type { Screen } from './screen';

const faces = ['😞', '🙁', '😐', '🙂', '😍'];

export function survey(s: Screen) {
  const { chat, ui, view, t } = s;
  if (!view.survey) return view.thanks && <div class="system">{t('surveyThanks')}</div>;
  const { question, follow_up, scale } = view.survey;
  const { min, max, labels = [] } = scale;
  const { score } = ui;
  const count = Math.min(11, max - min + 1);
  const withFaces = count === faces.length;
  return (
    <form
      class="survey"
      aria-label={question}
      onSubmit={(event) => {
        event.preventDefault();
        if (score !== undefined) chat.rate(score, ui.comment);
        s.find('.composer textarea')!.focus();
      }}
    >
      <p>{question}</p>
      <div class={`scores${withFaces ? '' : ' plain'}`}>
        {Array.from({ length: count }, (_, i) => (
          <button
            type="button"
            aria-pressed={min + i === score}
            aria-label={labels[i] ?? t('rate', { n: min + i, max })}
            title={labels[i]}
            onClick={() => s.set({ score: min + i })}
          >
            {withFaces ? faces[i] : min + i}
          </button>
        ))}
      </div>
      <div class="ends" aria-hidden="true">
        {score === undefined ? (
          <>
            <span>{labels[0]}</span>
            <span>{labels[count - 1]}</span>
          </>
        ) : (
          <b>{labels[score - min]}</b>
        )}
      </div>
      {score !== undefined && (
        <label>
          <span>{follow_up ?? t('commentLabel')}</span>
          <textarea rows={2} maxLength={1000} onInput={(event) => (ui.comment = event.currentTarget.value)} />
        </label>
      )}
      <div class="choices">
        <button type="button" class="quiet" onClick={() => chat.skipSurvey()}>
          {t('surveySkip')}
        </button>
        {score !== undefined && <button class="strong">{t('send')}</button>}
      </div>
    </form>
  );
}
