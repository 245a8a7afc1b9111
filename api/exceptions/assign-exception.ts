import { z } from 'zod';
import { exceptionSchema } from '../../shared/exceptions/exception-schemas.ts';
import { assignException as assign } from '../../shared/exceptions/server/change-exception.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { exceptionState } from './exception-state.ts';

export const assignException = procedure('exceptions.write', {
  method: 'POST',
  path: '/api/exceptions/{id}/assign',
  summary: 'Assign an exception to a member, or to no one',
  tags: ['exceptions'],
  headers: { 'if-match': 'ifMatch' },
  state: exceptionState,
})
  .input(byId.extend({ assignee: z.string().max(320).nullable(), ifMatch }))
  .output(exceptionSchema)
  .mutation(({ ctx, input }) => assign(ctx, input.id, input.assignee, input.ifMatch));
