import { exceptionSchema, updateExceptionInputSchema } from '../../shared/exceptions/exception-schemas.ts';
import { updateException as update } from '../../shared/exceptions/server/change-exception.ts';
import { ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';
import { exceptionState } from './exception-state.ts';

export const updateException = procedure('exceptions.write', {
  method: 'PUT',
  path: '/api/exceptions/{id}',
  summary: 'Change the given fields of an exception',
  tags: ['exceptions'],
  headers: { 'if-match': 'ifMatch' },
  state: exceptionState,
})
  .input(updateExceptionInputSchema.extend({ ifMatch }))
  .output(exceptionSchema)
  .mutation(({ ctx, input: { ifMatch, ...input } }) => update(ctx, input, ifMatch));
