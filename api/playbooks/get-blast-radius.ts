import { blastRadiusSchema } from '../../shared/playbooks/playbook-schemas.ts';
import { readBlastRadius } from '../../shared/playbooks/server/blast-radius.ts';
import { anyObject, byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getBlastRadius = procedure('tools.write', {
  method: 'POST',
  path: '/api/tools/{id}/blast-radius',
  summary: 'List what publishing this definition of a tool would break',
  tags: ['tools'],
  bodyField: 'definition',
})
  .input(byId.extend({ definition: anyObject }))
  .output(blastRadiusSchema)
  .mutation(({ ctx, input }) =>
    readBlastRadius(ctx.services.db, ctx.identity.tenantId, input.id, input.definition),
  );
