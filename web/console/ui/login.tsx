import { useState } from 'preact/hooks';
import { formatDuration } from '../../shared/format';
import type { Locale } from '../../shared/wire';
import { api, Refused } from '../api';
import { translate, type T } from '../texts';
import type { Me } from '../wire';
import * as icons from './icons';

interface Props {
  locale: Locale;
  setLocale(locale: Locale): void;
  /** Somebody whose one-time password must be changed first. */
  me?: Me;
  done(me: Me): void;
}

export function SignIn(props: Props) {
  const t = translate(props.locale);
  const [oneTime, setOneTime] = useState('');
  return (
    <main class="gate">
      <div class="gate-card">
        <p class="brand">
          <span class="brand-mark">
            <icons.Mark />
          </span>
          Maru
        </p>
        {props.me ? (
          <NewPassword {...props} t={t} oneTime={oneTime} me={props.me} />
        ) : (
          <Login {...props} t={t} kept={setOneTime} />
        )}
      </div>
      <button class="quiet" lang={props.locale === 'ko' ? 'en' : 'ko'} onClick={() => props.setLocale(props.locale === 'ko' ? 'en' : 'ko')}>
        <icons.Globe />
        {t('switchLanguage')}
      </button>
    </main>
  );
}

function said(t: T, locale: Locale, error: unknown): string {
  if (!(error instanceof Refused)) return t('network');
  if (error.status === 401) return t('wrong');
  if (error.status === 429) return t('tooMany', { time: formatDuration(error.retryAfter ?? 60, locale) });
  return t('otherError', { detail: error.detail });
}

function Login({ t, locale, done, kept }: Props & { t: T; kept(password: string): void }) {
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError('');
    try {
      const me = await api.login(user.trim(), password);
      kept(password);
      done(me);
    } catch (problem) {
      setError(said(t, locale, problem));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit}>
      <h1>{t('signIn')}</h1>
      <p class="lead">{t('signInLead')}</p>
      <label>
        {t('user')}
        <input name="user" autocomplete="username" autocapitalize="none" spellcheck={false} required value={user} onInput={(e) => setUser(e.currentTarget.value)} />
      </label>
      <Password t={t} label={t('password')} name="password" complete="current-password" value={password} set={setPassword} />
      <Problem text={error} />
      <button class="primary wide" disabled={busy}>
        {t('signIn')}
      </button>
    </form>
  );
}

// In characters; the server has the last word.
const shortest = 8;

function NewPassword({ t, locale, done, me, oneTime }: Props & { t: T; me: Me; oneTime: string }) {
  const [old, setOld] = useState(oneTime);
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if ([...fresh].length < shortest) return setError(t('tooShort', { n: shortest }));
    if (fresh === old) return setError(t('sameAsOld'));
    if (fresh !== again) return setError(t('mismatch'));
    setBusy(true);
    setError('');
    try {
      await api.password(old, fresh);
      done({ ...me, must_change_password: false });
    } catch (problem) {
      setError(problem instanceof Refused && problem.status === 403 ? t('wrongOld') : said(t, locale, problem));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit}>
      <h1>{t('firstPassword')}</h1>
      <p class="lead">{t('firstPasswordLead')}</p>
      <input type="text" class="hidden" name="user" autocomplete="username" value={me.name} readOnly tabIndex={-1} aria-hidden="true" />
      {!oneTime && <Password t={t} label={t('currentPassword')} name="old" complete="current-password" value={old} set={setOld} />}
      <Password t={t} label={t('newPassword')} name="new" complete="new-password" value={fresh} set={setFresh} hint={t('passwordHint')} />
      <Password t={t} label={t('repeatPassword')} name="again" complete="new-password" value={again} set={setAgain} />
      <Problem text={error} />
      <button class="primary wide" disabled={busy}>
        {t('save')}
      </button>
    </form>
  );
}

function Problem({ text }: { text: string }) {
  return (
    <p class="problem" role="alert">
      {text && <icons.Warn />}
      {text}
    </p>
  );
}

interface PasswordProps {
  t: T;
  label: string;
  name: string;
  complete: string;
  value: string;
  set(value: string): void;
  hint?: string;
}

function Password({ t, label, name, complete, value, set, hint }: PasswordProps) {
  const [shown, show] = useState(false);
  return (
    <div class="field">
      <label for={`field-${name}`}>{label}</label>
      <div class="password">
        <input
          id={`field-${name}`}
          name={name}
          type={shown ? 'text' : 'password'}
          autocomplete={complete as 'current-password'}
          required
          value={value}
          aria-describedby={hint ? `hint-${name}` : undefined}
          onInput={(e) => set(e.currentTarget.value)}
        />
        <button type="button" class="round" aria-label={t(shown ? 'hidePassword' : 'showPassword')} aria-pressed={shown} onClick={() => show(!shown)}>
          <icons.Eye />
        </button>
      </div>
      {hint && (
        <small id={`hint-${name}`} class="hint">
          {hint}
        </small>
      )}
    </div>
  );
}
