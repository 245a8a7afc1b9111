import { exceptionDomainSchema } from '../../shared/exceptions/exception-schemas.ts';
import { readDomains } from '../../shared/exceptions/server/domains.ts';
import { wholeList } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const listDomains = procedure('exceptions.read', {
  method: 'GET',
  path: '/api/exception-domains',
  summary: 'List the domains and the schemas of their attributes',
  tags: ['exceptions'],
})
  .output(wholeList(exceptionDomainSchema))
  .query(async ({ ctx }) => ({ items: await readDomains(ctx), nextCursor: null }));
