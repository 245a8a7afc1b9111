import { erasePersonSchema, personSearchSchema } from '../../shared/erasure/person-schemas.ts';
import { erasePerson } from '../../shared/erasure/server/requests.ts';
import { procedure } from '../trpc.ts';

export const erasePersonData = procedure('personal_data.write', {
  method: 'POST',
  path: '/api/personal-data/searches/{id}/erase',
  summary: 'Erase what is stored about a person, for good; refused under a legal hold',
  tags: ['personal data'],
})
  .input(erasePersonSchema)
  .output(personSearchSchema)
  .mutation(({ ctx, input }) => erasePerson(ctx, input));
