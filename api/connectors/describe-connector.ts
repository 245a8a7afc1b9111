import { z } from 'zod';
import { describeConnector as describe } from '../../shared/tools/server/describe-connector.ts';
import { anyObject } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const describeConnector = procedure('connectors.write', {
  method: 'POST',
  path: '/api/connectors/describe',
  summary:
    'Ask the system behind a connector for what describes it, such as its schema, with the auth of the connector. Stores nothing',
  tags: ['connectors'],
  errors: [404, 502],
})
  .input(z.object({ id: z.string().optional(), definition: anyObject.optional() }))
  .output(
    z.object({ fields: anyObject.describe('Fields of the connector, to be saved with its definition') }),
  )
  .mutation(async ({ ctx, input }) => ({ fields: await describe(ctx, input) }));
