// The calls over HTTP. A refusal is a Refused with the server's problem (RFC 9457); a lost network is a TypeError.

import type { Locale, Message, Product } from '../shared/wire';
import type { Me } from './wire';

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly retryAfter?: number,
  ) {
    super(detail || `HTTP ${status}`);
  }
}

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    ...(signal ? { signal } : {}),
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  let value: unknown;
  try {
    value = text ? JSON.parse(text) : undefined;
  } catch {
    value = undefined;
  }
  if (!response.ok) {
    const problem = (value ?? {}) as { detail?: string; title?: string };
    throw new Refused(response.status, problem.detail ?? problem.title ?? '', Number(response.headers.get('retry-after')) || undefined);
  }
  return value as T;
}

export interface Recorded {
  conversation: string;
  created_at: string;
  updated_at: string;
  locale?: Locale;
  status: string;
  visitor?: { id?: string; name?: string; email?: string };
  agent?: { id: string; name: string };
  topic?: string;
}

export const api = {
  me: () => call<Me>('GET', '/api/v1/me'),
  login: (user: string, password: string) => call<Me>('POST', '/api/v1/login', { user, password }),
  logout: () => call<void>('POST', '/api/v1/logout'),
  password: (old: string, fresh: string) => call<void>('POST', '/api/v1/password', { old, new: fresh }),
  products: (q: string, locale: Locale, signal: AbortSignal) =>
    call<{ products: Product[] }>('GET', `/api/v1/catalog/search?${new URLSearchParams({ q, limit: '12', locale })}`, undefined, signal),
  recorded: (filter: Record<string, string>, signal: AbortSignal) =>
    call<{ conversations: Recorded[]; cursor?: string }>('GET', `/api/v1/conversations?${new URLSearchParams(filter)}`, undefined, signal),
  transcript: (id: string) => call<{ messages: Message[] }>('GET', `/api/v1/conversations/${encodeURIComponent(id)}`),
};
