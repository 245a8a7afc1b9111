import { createExceptionInputSchema, exceptionSchema } from '../../shared/exceptions/exception-schemas.ts';
import { createException as create } from '../../shared/exceptions/server/create-exception.ts';
import { procedure } from '../trpc.ts';
import { exceptionState } from './exception-state.ts';

export const createException = procedure('exceptions.write', {
  method: 'POST',
  path: '/api/exceptions',
  summary: 'Open an exception',
  tags: ['exceptions'],
  state: exceptionState,
  status: 201,
  headers: { 'idempotency-key': 'idempotencyKey' },
})
  .input(createExceptionInputSchema)
  .output(exceptionSchema)
  .mutation(({ ctx, input }) => create(ctx, input));
