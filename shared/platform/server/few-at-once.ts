import { InterlockError } from '../error-codes.ts';

/** Lets a tenant have only a few pieces of long work in progress; each process counts for itself. */
export interface FewAtOnce {
  /** @throws InterlockError `rate_limited` when as many are in progress @returns call it at the end */
  begin(tenantId: string): () => void;
}

/** @param what of the sentence "An organization can have 2 … in progress" */
export function createFewAtOnce(most: number, what: string): FewAtOnce {
  const inProgress = new Map<string, number>();
  return {
    begin(tenantId) {
      const count = inProgress.get(tenantId) ?? 0;
      if (count >= most)
        throw new InterlockError(
          'rate_limited',
          `An organization can have ${most} ${what} in progress. Wait until one has ended, or cancel it.`,
          { retryAfterSeconds: 5 },
        );
      inProgress.set(tenantId, count + 1);
      return () => {
        const left = (inProgress.get(tenantId) ?? 1) - 1;
        if (left === 0) inProgress.delete(tenantId);
        else inProgress.set(tenantId, left);
      };
    },
  };
}
