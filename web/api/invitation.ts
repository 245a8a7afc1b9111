import type { Offer } from '../../shared/people/people-schemas.ts';
import type { Issue } from '../../shared/platform/error-codes.ts';
import { said } from '../words/said.ts';
import { t } from '../words/words.ts';

/** The calls of someone with the link of an invitation, who may not be signed in. */

export type Invitation = Offer & { signedInAs: string | null };

/** Why an invitation was not opened or accepted. */
export class JoinError extends Error {
  readonly issues: readonly Issue[];
  constructor(message: string, issues: readonly Issue[] = []) {
    super(message);
    this.issues = issues;
  }
}

async function post<T>(path: string, body: object): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!response) throw new JoinError(t('The server is unreachable. Nothing was changed. Try again.'));
  const received: unknown = await response.json().catch(() => null);
  if (response.ok) return received as T;
  const { error } = (received ?? {}) as { error?: { message?: string; issues?: Issue[] } };
  throw new JoinError(
    said(error?.message) ?? t`The server responded with HTTP ${response.status}.`,
    error?.issues,
  );
}

/** @throws JoinError when the link does not work */
export const lookAtInvitation = (token: string): Promise<Invitation> =>
  post('/api/invitation/look', { token });

/** @returns the organization's slug. @throws JoinError */
export const acceptInvitation = (joining: {
  token: string;
  name?: string;
  password?: string;
}): Promise<{ slug: string }> => post('/api/invitation/accept', joining);
