import { router } from '../trpc.ts';
import { acknowledgeProblems } from './acknowledge-problems.ts';
import { getAuditHead } from './get-audit-head.ts';
import { listAudit } from './list-audit.ts';

export const auditRouter = router({
  list: listAudit,
  head: getAuditHead,
  acknowledge: acknowledgeProblems,
});
