import { presenceChoiceSchema } from '../../shared/presence/presence-schemas.ts';
import { choosePresence as choose } from '../../shared/presence/server/presence.ts';
import { procedure } from '../trpc.ts';

export const choosePresence = procedure('account.write', {
  method: 'PUT',
  path: '/api/me/presence',
  summary: 'Choose whether others see what you have open in this organization',
  tags: ['me'],
})
  .input(presenceChoiceSchema)
  .output(presenceChoiceSchema)
  .mutation(({ ctx, input }) => choose(ctx, input));
