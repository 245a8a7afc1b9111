import { hereInputSchema, othersSchema } from '../../shared/presence/presence-schemas.ts';
import { sayHere as say } from '../../shared/presence/server/presence.ts';
import { procedure } from '../trpc.ts';

/** Pages call it every few seconds. */
export const sayHere = procedure('account.read', {
  method: 'POST',
  path: '/api/presence',
  summary: 'Say what a tab of a person has open, and get who else has it open',
  tags: ['me'],
})
  .input(hereInputSchema)
  .output(othersSchema)
  .mutation(({ ctx, input }) => say(ctx, input));
