import { readConnectorBlastRadius } from '../../shared/tools/server/connector-history.ts';
import { connectorBlastRadiusSchema } from '../../shared/tools/tool-schemas.ts';
import { anyObject, byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getConnectorBlastRadius = procedure('connectors.write', {
  method: 'POST',
  path: '/api/connectors/{id}/blast-radius',
  summary: 'List what this definition of a connector would change and break',
  tags: ['connectors'],
  bodyField: 'definition',
})
  .input(byId.extend({ definition: anyObject }))
  .output(connectorBlastRadiusSchema)
  .mutation(({ ctx, input }) => readConnectorBlastRadius(ctx, input.id, input.definition));
