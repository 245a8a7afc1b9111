import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { createRateLimit } from '../../platform/server/rate-limit.ts';

/** Far above what a person does, far below what guessing a hidden value takes. */
const perMinute = 120;

/** Limits what a person can learn by previews: each counts for one caller and one tool or step. */
export interface PreviewLimits {
  /** @throws InterlockError `rate_limited` */
  beforePreview(identity: Identity, subjectId: string): void;
  /** Before a digest is compared: both results tell something. @throws InterlockError `rate_limited` */
  beforeDigest(identity: Identity, subjectId: string): void;
}

export function createPreviewLimits(): PreviewLimits {
  const previews = createRateLimit(perMinute);
  const digests = createRateLimit(perMinute);
  return {
    beforePreview: (identity, subjectId) => admit(previews(keyOf(identity, subjectId)), 'previews'),
    beforeDigest: (identity, subjectId) => admit(digests(keyOf(identity, subjectId)), 'previewed calls'),
  };
}

function keyOf({ tenantId, actor }: Identity, subjectId: string): string {
  return `${tenantId}/${actor.type}/${actor.id}/${subjectId}`;
}

function admit(waitMs: number, what: string): void {
  if (waitMs === 0) return;
  const retryAfterSeconds = Math.ceil(waitMs / 1000);
  throw new InterlockError(
    'rate_limited',
    `One person can make ${perMinute} ${what} of a tool in a minute. Nothing was sent; try again in ${retryAfterSeconds} s.`,
    { retryAfterSeconds },
  );
}
