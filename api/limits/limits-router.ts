import { router } from '../trpc.ts';
import { getLimits } from './get-limits.ts';
import { holdHost } from './hold-host.ts';
import { listBreakers } from './list-breakers.ts';
import { openBreaker } from './open-breaker.ts';
import { putTenantLimits } from './put-tenant-limits.ts';
import { resetBreaker } from './reset-breaker.ts';

export const limitsRouter = router({ get: getLimits, putTenant: putTenantLimits });

export const breakersRouter = router({
  list: listBreakers,
  hold: holdHost,
  open: openBreaker,
  reset: resetBreaker,
});
