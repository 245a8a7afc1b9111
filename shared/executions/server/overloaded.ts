import { InterlockError } from '../../platform/error-codes.ts';
import type { FairPlaces } from './fair-places.ts';

const retryAfterSeconds = 1;

/** The refusal of a request that found no place. Nothing was written. */
export function overloaded(places: FairPlaces, tenantId: string): InterlockError {
  return places.hasOne(tenantId)
    ? new InterlockError(
        'rate_limited',
        `This organization has used up its share of this server. Nothing was sent; try again in ${retryAfterSeconds} s.`,
        { retryAfterSeconds },
      )
    : new InterlockError(
        'overloaded',
        `This server has too much in progress. Nothing was sent; try again in ${retryAfterSeconds} s.`,
        { retryAfterSeconds },
      );
}
