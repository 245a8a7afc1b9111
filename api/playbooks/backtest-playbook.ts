import { backtestInputSchema, backtestSchema } from '../../shared/playbooks/backtest-schemas.ts';
import { backtestPlaybook as backtest } from '../../shared/playbooks/server/backtest.ts';
import { procedure } from '../trpc.ts';

export const backtestPlaybook = procedure('playbooks.write', {
  method: 'POST',
  path: '/api/playbooks/{id}/backtest',
  summary:
    'Compare the path that a definition would take on past cases with what happened; nothing is called',
  tags: ['playbooks'],
  streams: true,
})
  .input(backtestInputSchema)
  .output(backtestSchema)
  .mutation(({ ctx, input, signal }) => backtest(ctx, input, { signal, onItem: ctx.onItem }));
