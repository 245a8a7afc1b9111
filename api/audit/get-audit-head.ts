import { auditStateSchema } from '../../shared/events/audit-schemas.ts';
import { readAuditState } from '../../shared/events/server/audit/audit-state.ts';
import { procedure } from '../trpc.ts';

export const getAuditHead = procedure('audit.read', {
  method: 'GET',
  path: '/api/audit/head',
  summary:
    'How far the audit trail is sealed, its last signed head, and what a comparison with the seal has found',
  tags: ['audit'],
})
  .output(auditStateSchema)
  .query(({ ctx }) => readAuditState(ctx));
