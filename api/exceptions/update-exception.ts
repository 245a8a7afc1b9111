import { exceptionSchema, updateExceptionInputSchema } from '../../shared/exceptions/exception-schemas.ts';
import { updateException as update } from '../../shared/exceptions/server/change-exception.ts';
import { procedure } from '../trpc.ts';

export const updateException = procedure('exceptions.write', {
  method: 'PUT',
  path: '/api/exceptions/{id}',
  summary: 'Change the given fields of an exception',
  tags: ['exceptions'],
})
  .input(updateExceptionInputSchema)
  .output(exceptionSchema)
  .mutation(({ ctx, input }) => update(ctx, input));
