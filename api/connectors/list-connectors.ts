import { z } from 'zod';
import { pageInput, pageOf } from '../../shared/platform/page-schemas.ts';
import { connectorPage } from '../../shared/tools/server/read-connectors.ts';
import { connectorViewSchema } from '../../shared/tools/tool-schemas.ts';
import { procedure } from '../trpc.ts';

export const listConnectors = procedure('connectors.read', {
  method: 'GET',
  path: '/api/connectors',
  summary: 'List the connectors that this tenant sees',
  tags: ['connectors'],
})
  .input(z.object({ q: z.string().max(200).optional(), ...pageInput }))
  .output(pageOf(connectorViewSchema))
  .query(({ ctx, input }) => connectorPage(ctx, input));
