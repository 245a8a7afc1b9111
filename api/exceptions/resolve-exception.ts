import { z } from 'zod';
import { exceptionSchema, resolutionCodes } from '../../shared/exceptions/exception-schemas.ts';
import { resolveException as resolve } from '../../shared/exceptions/server/change-exception.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const resolveException = procedure('exceptions.write', {
  method: 'POST',
  path: '/api/exceptions/{id}/resolve',
  summary: 'Resolve an exception',
  tags: ['exceptions'],
})
  .input(byId.extend({ code: z.enum(resolutionCodes), note: z.string().trim().max(4096).optional() }))
  .output(exceptionSchema)
  .mutation(({ ctx, input }) => resolve(ctx, input));
