import { presenceChoiceSchema } from '../../shared/presence/presence-schemas.ts';
import { readPresenceChoice } from '../../shared/presence/server/presence.ts';
import { procedure } from '../trpc.ts';

export const getPresenceChoice = procedure('account.read', {
  method: 'GET',
  path: '/api/me/presence',
  summary: 'Get whether others see what you have open in this organization',
  tags: ['me'],
})
  .output(presenceChoiceSchema)
  .query(({ ctx }) => readPresenceChoice(ctx));
