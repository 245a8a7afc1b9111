import { createHash } from 'node:crypto';
import type pg from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { InterlockError } from '../../platform/error-codes.ts';
import { personOf } from '../roles.ts';
import { networkOf } from './network-of.ts';

const windowSeconds = 15 * 60;

/** Failed sign-ins within 15 minutes. One address cannot lock an account for everyone: that takes several. */
const limits = { accountAtAddress: 10, account: 50, address: 100 };

/** Counts failed sign-ins in PostgreSQL, so that every process and every restart knows them. */
export interface SignInLimits {
  /**
   * Counts an attempt before its password is checked, so that simultaneous guesses count too.
   * @throws InterlockError `rate_limited`
   */
  attempt(email: string, address: string): Promise<void>;
  /** The attempt was right: it does not count. */
  succeeded(email: string, address: string): Promise<void>;
}

export function createSignInLimits(pool: pg.Pool): SignInLimits {
  const limiters = Object.entries(limits).map(
    ([name, points]) =>
      new RateLimiterPostgres({
        storeClient: pool,
        schemaName: 'auth',
        tableName: 'sign_in_limit',
        tableCreated: true,
        keyPrefix: name,
        points,
        duration: windowSeconds,
      }),
  );
  /** In the order of `limits`. A key has 255 characters at most. */
  const keysOf = (email: string, address: string): string[] => {
    const account = createHash('sha256').update(personOf(email)).digest('base64url');
    const network = networkOf(address);
    return [`${account}@${network}`, account, network];
  };
  return {
    async attempt(email, address) {
      const keys = keysOf(email, address);
      const results = await Promise.allSettled(
        limiters.map((limiter, index) => limiter.consume(keys[index]!)),
      );
      let waitMs = 0;
      for (const result of results) {
        if (result.status === 'fulfilled') continue;
        if (!(result.reason instanceof RateLimiterRes)) throw result.reason;
        waitMs = Math.max(waitMs, result.reason.msBeforeNext);
      }
      if (waitMs === 0) return;
      throw new InterlockError(
        'rate_limited',
        `Too many failed sign-ins. Try again in ${Math.ceil(waitMs / 60_000)} min.`,
        { retryAfterSeconds: Math.ceil(waitMs / 1000) },
      );
    },
    async succeeded(email, address) {
      const [pair, ...others] = keysOf(email, address);
      await Promise.all([
        limiters[0]!.delete(pair!),
        ...others.map((key, index) => limiters[index + 1]!.reward(key)),
      ]);
    },
  };
}
