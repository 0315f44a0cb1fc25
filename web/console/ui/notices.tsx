// Above everything: a lost line, content that failed its checks, and short-lived news.

import { useState } from 'preact/hooks';
import { useShell, visitorName } from './context';
import * as icons from './icons';
import type { Problem } from '../wire';

function words(problem: Problem): string {
  if (typeof problem === 'string') return problem;
  const where = [problem.file, problem.line, problem.column].filter((one) => one !== undefined).join(':');
  return [where, problem.message ?? problem.text].filter(Boolean).join(': ');
}

export function Notices() {
  const { t, view, desk } = useShell();
  const [all, setAll] = useState(false);
  return (
    <div class="notices">
      <div role="status">
        {view.link === 'lost' && (
          <p class="notice warn">
            <icons.Warn />
            {t('lost')}
          </p>
        )}
      </div>
      {view.problems.length > 0 && (
        <div class="notice warn" role="alert">
          <icons.Warn />
          <div class="notice-text">
            {t('contentProblems', { n: view.problems.length })}
            {all && (
              <ul>
                {view.problems.map((problem, i) => (
                  <li key={i}>
                    <code>{words(problem)}</code>
                  </li>
                ))}
              </ul>
            )}
          </div>
          <button class="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'hideProblems' : 'showProblems')}
          </button>
          <button class="round" aria-label={t('dismiss')} onClick={() => desk.hideProblems()}>
            <icons.Close />
          </button>
        </div>
      )}
      <div class="toasts" role="status">
        {view.toasts.map((toast) => (
          <p key={toast.id} class={`toast ${toast.kind}`}>
            <span>{t(toast.key, toast.about ? { ...toast.values, name: visitorName(t, toast.values['name'], toast.about) } : toast.values)}</span>
            <button class="round" aria-label={t('dismiss')} onClick={() => desk.dismiss(toast.id)}>
              <icons.Close />
            </button>
          </p>
        ))}
      </div>
    </div>
  );
}
