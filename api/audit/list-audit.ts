import { auditEventSchema, auditListInputSchema } from '../../shared/events/audit-schemas.ts';
import { auditPage } from '../../shared/events/server/list-events.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { procedure } from '../trpc.ts';

export const listAudit = procedure('audit.read', {
  method: 'GET',
  path: '/api/audit',
  summary: 'List the events of the audit trail with where each came from, newest first',
  tags: ['audit'],
})
  .input(auditListInputSchema)
  .output(pageOf(auditEventSchema))
  .query(({ ctx, input }) => auditPage(ctx, input));
