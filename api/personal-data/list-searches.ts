import { personSearchListInput, personSearchSchema } from '../../shared/erasure/person-schemas.ts';
import { listPersonSearches } from '../../shared/erasure/server/requests.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { procedure } from '../trpc.ts';

export const listSearches = procedure('personal_data.read', {
  method: 'GET',
  path: '/api/personal-data/searches',
  summary: 'List searches for personal data and erasures, newest first',
  tags: ['personal data'],
})
  .input(personSearchListInput)
  .output(pageOf(personSearchSchema))
  .query(({ ctx, input }) => listPersonSearches(ctx, input));
