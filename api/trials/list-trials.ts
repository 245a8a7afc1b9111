import { readTrials } from '../../shared/trials/server/read-trials.ts';
import { trialSchema } from '../../shared/trials/trial-schemas.ts';
import { byId, wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listTrials = procedure('tools.read', {
  method: 'GET',
  path: '/api/tools/{id}/trials',
  summary: 'List the trials of a tool, newest first, at most 100',
  tags: ['trials'],
})
  .input(byId)
  .output(wholeList(trialSchema))
  .query(async ({ ctx, input }) => ({ items: await readTrials(ctx, input.id), nextCursor: null }));
