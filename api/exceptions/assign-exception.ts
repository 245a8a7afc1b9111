import { z } from 'zod';
import { exceptionSchema } from '../../shared/exceptions/exception-schemas.ts';
import { assignException as assign } from '../../shared/exceptions/server/change-exception.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const assignException = procedure('exceptions.write', {
  method: 'POST',
  path: '/api/exceptions/{id}/assign',
  summary: 'Assign an exception to a member, or to no one',
  tags: ['exceptions'],
})
  .input(byId.extend({ assignee: z.string().max(320).nullable() }))
  .output(exceptionSchema)
  .mutation(({ ctx, input }) => assign(ctx, input.id, input.assignee));
