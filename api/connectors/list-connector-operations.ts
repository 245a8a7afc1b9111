import { z } from 'zod';
import { pageInput, pageOf } from '../../shared/platform/page-schemas.ts';
import { operationsPage } from '../../shared/tools/server/read-operations.ts';
import { anyObject, byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

const operation = z.object({
  key: z.string().describe('Identifies it in the document, also when that is read again'),
  title: z.string(),
  description: z.string(),
  method: z.string().nullable(),
  tool: anyObject.nullable().describe('A draft of a tool with this connector; null: it cannot become one'),
  reason: z.string().nullable().describe('Why not, or what could not be taken over'),
});

export const listConnectorOperations = procedure('connectors.read', {
  method: 'GET',
  path: '/api/connectors/{id}/operations',
  summary: 'List what the document of a connector describes, as drafts of tools',
  tags: ['connectors'],
})
  .input(byId.extend({ q: z.string().max(200).optional(), ...pageInput }))
  .output(pageOf(operation))
  .query(({ ctx, input }) => operationsPage(ctx, input));
