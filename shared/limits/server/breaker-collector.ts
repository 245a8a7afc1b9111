import type { Database } from '../../platform/db/database.ts';
import { collector } from '../../platform/server/metrics.ts';
import { readBreakerNumbers } from '../db/breaker-numbers.ts';

/** The circuit breakers of all tenants. */
export const breakerCollector = (db: () => Database) =>
  collector({
    gauges: {
      interlock_breakers: {
        help: 'Circuit breakers that are not closed, by state: open, half_open, or held by hand',
        labels: ['state'],
      },
    },
    async read() {
      const numbers = await db().system(readBreakerNumbers);
      return {
        interlock_breakers: Object.entries(numbers).map(([state, value]) => ({ labels: { state }, value })),
      };
    },
  });
