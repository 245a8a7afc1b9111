import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const archiveRule = procedure('rules.write', {
  method: 'DELETE',
  path: '/api/exception-rules/{id}',
  summary: 'Archive a rule; exceptions keep what it has set',
  tags: ['exception rules'],
  headers: { 'if-match': 'ifMatch' },
  status: 204,
})
  .input(byId.extend({ ifMatch }))
  .mutation(({ ctx, input }) => ctx.services.rules.archive(ctx, input.id, input.ifMatch));
