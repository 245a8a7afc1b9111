import type { z } from 'zod';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { checkSchema } from '../../platform/server/json-schema.ts';
import { listDomains, writeDomain } from '../db/exceptions-domains.ts';
import type { exceptionDomainSchema } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';

type Domain = z.output<typeof exceptionDomainSchema>;

/**
 * Creates or changes a domain. Exceptions that exist keep their attributes.
 * @throws InterlockError `invalid_definition` under `/attributeSchema`
 */
export async function setDomain(context: ChangeContext, domain: Domain): Promise<Domain> {
  assertStorable(domain);
  const { type } = domain.attributeSchema;
  const { tenantId } = context.identity;
  const issues = await checkSchema(domain.attributeSchema, '/attributeSchema', tenantId);
  if (type !== undefined && ![type].flat().includes('object')) {
    issues.push({ path: '/attributeSchema/type', message: 'must be object', keyword: 'type' });
  }
  if (issues.length > 0) {
    throw new InterlockError('invalid_definition', 'The schema of the attributes is not valid.', { issues });
  }
  const { services, identity } = context;
  const row = { name: domain.name, title: domain.title, attribute_schema: domain.attributeSchema };
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    if (!(await writeDomain(connection, row))) return;
    await tell(connection, context, {
      type: 'ExceptionDomainChanged',
      subjectType: 'settings',
      subjectId: `exception-domain/${domain.name}`,
      data: { name: domain.name },
    });
  });
  return domain;
}

/** By name. */
export async function readDomains({ services, identity }: ReadContext): Promise<Domain[]> {
  const rows = await services.db.tenant(identity.tenantId, listDomains);
  return rows.map((row) => ({ name: row.name, title: row.title, attributeSchema: row.attribute_schema }));
}
