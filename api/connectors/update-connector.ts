import { readConnector } from '../../shared/tools/server/read-connectors.ts';
import { updateConnector as update } from '../../shared/tools/server/write-connector.ts';
import { connectorViewSchema } from '../../shared/tools/tool-schemas.ts';
import { anyObject, byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

/** The response names the tools that the change affects. */
export const updateConnector = procedure('connectors.write', {
  method: 'PUT',
  path: '/api/connectors/{id}',
  summary: 'Change a connector for every tool that uses it',
  tags: ['connectors'],
  bodyField: 'definition',
})
  .input(byId.extend({ definition: anyObject }))
  .output(connectorViewSchema)
  .mutation(async ({ ctx, input }) => {
    await update(ctx, input.id, input.definition);
    return readConnector(ctx, input.id);
  });
