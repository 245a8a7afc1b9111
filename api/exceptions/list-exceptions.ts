import {
  exceptionListInputSchema,
  exceptionSummarySchema,
} from '../../shared/exceptions/exception-schemas.ts';
import { exceptionPage } from '../../shared/exceptions/server/list-exceptions.ts';
import { pageOf } from '../../shared/platform/page-schemas.ts';
import { procedure } from '../trpc.ts';

export const listExceptions = procedure('exceptions.read', {
  method: 'GET',
  path: '/api/exceptions',
  summary: 'List exceptions, newest first or in another order',
  tags: ['exceptions'],
})
  .input(exceptionListInputSchema)
  .output(pageOf(exceptionSummarySchema))
  .query(({ ctx, input }) => exceptionPage(ctx, input));
