import { z } from 'zod';
import { exceptionSchema, resolutionCodes } from '../../shared/exceptions/exception-schemas.ts';
import { resolveException as resolve } from '../../shared/exceptions/server/change-exception.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { exceptionState } from './exception-state.ts';

export const resolveException = procedure('exceptions.write', {
  method: 'POST',
  path: '/api/exceptions/{id}/resolve',
  summary: 'Resolve an exception',
  tags: ['exceptions'],
  headers: { 'if-match': 'ifMatch' },
  state: exceptionState,
})
  .input(
    byId.extend({ code: z.enum(resolutionCodes), note: z.string().trim().max(4096).optional(), ifMatch }),
  )
  .output(exceptionSchema)
  .mutation(({ ctx, input }) => resolve(ctx, input));
