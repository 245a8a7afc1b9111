import { z } from 'zod';
import { checkConnectorWrite } from '../../shared/tools/server/write-connector.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const checkConnector = procedure('connectors.write', {
  method: 'POST',
  path: '/api/connectors/check',
  summary:
    'Check a connector without saving it: what creating or, with a connector ID, updating would refuse',
  tags: ['connectors'],
  bodyField: 'definition',
  query: ['connectorId'],
})
  .input(z.object({ definition: anyObject, connectorId: z.string().optional() }))
  .output(z.object({ valid: z.literal(true) }))
  .mutation(async ({ ctx, input }) => {
    await checkConnectorWrite(ctx, input.definition, input.connectorId);
    return { valid: true as const };
  });
