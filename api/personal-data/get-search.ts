import { z } from 'zod';
import { personSearchSchema } from '../../shared/erasure/person-schemas.ts';
import { readPersonSearch } from '../../shared/erasure/server/requests.ts';
import { procedure } from '../trpc.ts';

export const getSearch = procedure('personal_data.read', {
  method: 'GET',
  path: '/api/personal-data/searches/{id}',
  summary: 'What a search has found, and what is erased of it',
  tags: ['personal data'],
})
  .input(z.object({ id: z.string() }))
  .output(personSearchSchema)
  .query(({ ctx, input }) => readPersonSearch(ctx, input.id));
