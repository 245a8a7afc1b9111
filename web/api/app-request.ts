import type { AppAnswer, AppRequest } from '../../shared/people/app-schemas.ts';
import { said } from '../words/said.ts';
import { t } from '../words/words.ts';

/** The calls of the page on which a person allows an app, or does not. */

/** Why there is no such question, or no answer was taken. */
export class AppRequestError extends Error {}

async function send<T>(uid: string, init: RequestInit): Promise<T> {
  const response = await fetch(`/oauth/requests/${encodeURIComponent(uid)}`, init).catch(() => null);
  if (!response) throw new AppRequestError(t('The server is unreachable. Nothing was changed. Try again.'));
  const received: unknown = await response.json().catch(() => null);
  if (response.ok) return received as T;
  const { error } = (received ?? {}) as { error?: { message?: string } };
  throw new AppRequestError(said(error?.message) ?? t`The server responded with HTTP ${response.status}.`);
}

/** @throws AppRequestError when it has ended, or was begun in another browser */
export const readAppRequest = (uid: string): Promise<AppRequest> => send(uid, { method: 'GET' });

/** @returns where the browser goes on. @throws AppRequestError */
export const answerAppRequest = (uid: string, answer: AppAnswer): Promise<{ to: string }> =>
  send(uid, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answer),
  });
