import { exceptionSchema } from '../../shared/exceptions/exception-schemas.ts';
import { getException as get } from '../../shared/exceptions/server/exception-views.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getException = procedure('exceptions.read', {
  method: 'GET',
  path: '/api/exceptions/{id}',
  summary: 'Get an exception',
  tags: ['exceptions'],
})
  .input(byId)
  .output(exceptionSchema)
  .query(({ ctx, input }) => get(ctx, input.id));
