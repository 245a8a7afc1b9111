import { newPersonSearchSchema, personSearchSchema } from '../../shared/erasure/person-schemas.ts';
import { searchPerson } from '../../shared/erasure/server/requests.ts';
import { procedure } from '../trpc.ts';

export const createPersonSearch = procedure('personal_data.write', {
  method: 'POST',
  path: '/api/personal-data/searches',
  summary: 'Search for what is stored about a person: an account, or exact values',
  tags: ['personal data'],
  status: 201,
})
  .input(newPersonSearchSchema)
  .output(personSearchSchema)
  .mutation(({ ctx, input }) => searchPerson(ctx, input));
