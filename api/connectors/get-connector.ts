import { readConnector } from '../../shared/tools/server/read-connectors.ts';
import { connectorViewSchema } from '../../shared/tools/tool-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { connectorState } from './connector-state.ts';

export const getConnector = procedure('connectors.read', {
  method: 'GET',
  path: '/api/connectors/{id}',
  summary: 'Get a connector and the tools that use it',
  tags: ['connectors'],
  state: connectorState,
})
  .input(byId)
  .output(connectorViewSchema)
  .query(({ ctx, input }) => readConnector(ctx, input.id));
