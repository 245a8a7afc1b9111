import { sessionSchema } from '../../shared/people/people-schemas.ts';
import { readSessions } from '../../shared/people/server/account.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listSessions = procedure('account.read', {
  method: 'GET',
  path: '/api/me/sessions',
  summary: 'List your sessions, the latest first',
  tags: ['me'],
})
  .output(wholeList(sessionSchema))
  .query(async ({ ctx }) => ({ items: await readSessions(ctx), nextCursor: null }));
