import { z } from 'zod';
import { knownPersonSchema } from '../../shared/erasure/person-schemas.ts';
import { readKnownPeople } from '../../shared/erasure/server/requests.ts';
import { procedure } from '../trpc.ts';

export const listKnownPeople = procedure('personal_data.read', {
  method: 'GET',
  path: '/api/personal-data/people',
  summary: 'List members and removed members, whose accounts a search may be about',
  tags: ['personal data'],
})
  .output(z.object({ items: z.array(knownPersonSchema) }))
  .query(({ ctx }) => readKnownPeople(ctx));
