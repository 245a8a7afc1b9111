import { z } from 'zod';
import { exceptionSchema } from '../../shared/exceptions/exception-schemas.ts';
import { reopenException as reopen } from '../../shared/exceptions/server/change-exception.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { exceptionState } from './exception-state.ts';

export const reopenException = procedure('exceptions.write', {
  method: 'POST',
  path: '/api/exceptions/{id}/reopen',
  summary: 'Reopen an exception',
  tags: ['exceptions'],
  headers: { 'if-match': 'ifMatch' },
  state: exceptionState,
})
  .input(byId.extend({ reason: z.string().trim().min(1).max(4096), ifMatch }))
  .output(exceptionSchema)
  .mutation(({ ctx, input }) => reopen(ctx, input));
