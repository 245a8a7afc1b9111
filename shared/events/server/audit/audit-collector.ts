import type { Database } from '../../../platform/db/database.ts';
import { collector } from '../../../platform/server/metrics.ts';
import { countProblems } from '../../db/audit-heads.ts';

/** Those who watch the deployment learn it, not only the tenant whose trail it is. */
export const auditCollector = (db: () => Database) =>
  collector({
    gauges: {
      interlock_audit_problems: {
        help: 'Places where the audit trail is not as it was sealed, of all tenants',
      },
    },
    read: async () => ({ interlock_audit_problems: await db().system(countProblems) }),
  });
