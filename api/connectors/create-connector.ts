import { z } from 'zod';
import { readConnector } from '../../shared/tools/server/read-connectors.ts';
import { createConnector as create } from '../../shared/tools/server/write-connector.ts';
import { connectorViewSchema } from '../../shared/tools/tool-schemas.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { connectorState } from './connector-state.ts';

export const createConnector = procedure('connectors.write', {
  method: 'POST',
  path: '/api/connectors',
  summary: 'Create a connector',
  tags: ['connectors'],
  state: connectorState,
  status: 201,
  bodyField: 'definition',
})
  .input(z.object({ definition: anyObject }))
  .output(connectorViewSchema)
  .mutation(async ({ ctx, input }) => readConnector(ctx, await create(ctx, input.definition)));
