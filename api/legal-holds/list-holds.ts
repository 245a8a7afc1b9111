import { z } from 'zod';
import { holdSchema } from '../../shared/retention/hold-schemas.ts';
import { readHolds } from '../../shared/retention/server/legal-holds.ts';
import { procedure } from '../trpc.ts';

export const listLegalHolds = procedure('legal_holds.read', {
  method: 'GET',
  path: '/api/legal-holds',
  summary: 'List what must not be removed: the holds that stand, then the last that were released',
  tags: ['legal holds'],
})
  .output(z.object({ items: z.array(holdSchema) }))
  .query(({ ctx }) => readHolds(ctx));
