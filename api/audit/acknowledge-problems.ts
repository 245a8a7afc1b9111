import { acknowledgeInputSchema, auditStateSchema } from '../../shared/events/audit-schemas.ts';
import { acknowledgeProblems as acknowledge } from '../../shared/events/server/audit/acknowledge-problems.ts';
import { procedure } from '../trpc.ts';

export const acknowledgeProblems = procedure('audit.write', {
  method: 'POST',
  path: '/api/audit/acknowledge',
  summary: 'Acknowledge places where the audit trail is not as it was sealed; they stay listed',
  tags: ['audit'],
})
  .input(acknowledgeInputSchema)
  .output(auditStateSchema)
  .mutation(({ ctx, input }) => acknowledge(ctx, input));
