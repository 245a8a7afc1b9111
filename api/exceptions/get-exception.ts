import { exceptionSchema } from '../../shared/exceptions/exception-schemas.ts';
import { getException as get } from '../../shared/exceptions/server/exception-views.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { exceptionState } from './exception-state.ts';

export const getException = procedure('exceptions.read', {
  method: 'GET',
  path: '/api/exceptions/{id}',
  summary: 'Get an exception',
  tags: ['exceptions'],
  state: exceptionState,
})
  .input(byId)
  .output(exceptionSchema)
  .query(({ ctx, input }) => get(ctx, input.id));
