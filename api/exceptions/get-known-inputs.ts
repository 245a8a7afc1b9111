import { z } from 'zod';
import { readKnownInputs } from '../../shared/exceptions/server/read-known-inputs.ts';
import { knownInputsSchema } from '../../shared/exceptions/suggestion-schemas.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getKnownInputs = procedure('exceptions.read', {
  method: 'GET',
  path: '/api/exceptions/{id}/known-inputs',
  summary: 'List the inputs of a tool that an exception knows, each with its source',
  tags: ['exceptions'],
})
  .input(byId.extend({ toolId: z.string() }))
  .output(knownInputsSchema)
  .query(({ ctx, input }) => readKnownInputs(ctx, input));
