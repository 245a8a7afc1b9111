import { archiveConnector as archive } from '../../shared/tools/server/write-connector.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveConnector = procedure('connectors.write', {
  method: 'DELETE',
  path: '/api/connectors/{id}',
  summary: 'Archive a connector that no tool uses',
  tags: ['connectors'],
  status: 204,
})
  .input(byId)
  .mutation(({ ctx, input }) => archive(ctx, input.id));
