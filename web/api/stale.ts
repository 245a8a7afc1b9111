import { toApiError } from './api-error.ts';

/** What the server says when a change was for an older state: who changed it, when, and what it is now. */
export interface Stale<Current> {
  by: string;
  /** ISO 8601. */
  at: string;
  current: Current;
}

/** Null for every other error. */
export function staleOf<Current>(error: unknown): Stale<Current> | null {
  const { code, details } = toApiError(error);
  if (code !== 'precondition_failed' || !details) return null;
  const { changedBy, changedAt, current } = details as unknown as {
    changedBy: { name: string };
    changedAt: string;
    current: Current;
  };
  return { by: changedBy.name, at: changedAt, current };
}
