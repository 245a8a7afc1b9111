import { domainNameSchema, exceptionDomainSchema } from '../../shared/exceptions/exception-schemas.ts';
import { setDomain } from '../../shared/exceptions/server/domains.ts';
import { procedure } from '../trpc.ts';

export const writeDomain = procedure('exceptions.configure', {
  method: 'PUT',
  path: '/api/exception-domains/{name}',
  summary: 'Create or change a domain',
  tags: ['exceptions'],
})
  .input(exceptionDomainSchema.extend({ name: domainNameSchema }))
  .output(exceptionDomainSchema)
  .mutation(({ ctx, input }) => setDomain(ctx, input));
