import { archiveConnector as archive } from '../../shared/tools/server/write-connector.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveConnector = procedure('connectors.write', {
  method: 'DELETE',
  path: '/api/connectors/{id}',
  summary: 'Archive a connector that no tool uses',
  tags: ['connectors'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => archive(ctx, input.id, input.ifMatch));
