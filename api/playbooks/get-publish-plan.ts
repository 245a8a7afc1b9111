import { publishPlanSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { readPublishPlan } from '../../shared/playbooks/server/publish-plan.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getPublishPlan = procedure('playbooks.read', {
  method: 'GET',
  path: '/api/playbooks/{id}/publish-plan',
  summary: 'Show what publishing the draft would do',
  tags: ['playbooks'],
  errors: [409],
})
  .input(byId)
  .output(publishPlanSchema)
  .query(({ ctx, input }) => readPublishPlan(ctx.services.db, ctx.identity.tenantId, input.id));
