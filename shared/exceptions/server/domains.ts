import type { z } from 'zod';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { checkSchema } from '../../platform/server/json-schema.ts';
import { listDomains, writeDomain } from '../db/exceptions-domains.ts';
import type { exceptionDomainSchema } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';

export type Domain = z.output<typeof exceptionDomainSchema>;

/**
 * Creates or changes a domain. Exceptions that exist keep their attributes.
 * @throws InterlockError `invalid_definition` under `/attributeSchema`
 */
export async function setDomain(context: ChangeContext, domain: Domain): Promise<Domain> {
  await checkDomain(context, domain);
  const { services, identity } = context;
  await services.db.tenantTransaction(identity.tenantId, (connection) =>
    writeDomainOn(connection, context, domain),
  );
  return domain;
}

/** @throws InterlockError `invalid_definition` under `/attributeSchema` */
export async function checkDomain({ identity }: ReadContext, domain: Domain): Promise<void> {
  assertStorable(domain);
  const { type } = domain.attributeSchema;
  const { tenantId } = identity;
  const issues = await checkSchema(domain.attributeSchema, '/attributeSchema', tenantId);
  if (type !== undefined && ![type].flat().includes('object')) {
    issues.push({ path: '/attributeSchema/type', message: 'must be object', keyword: 'type' });
  }
  if (issues.length > 0) {
    throw new InterlockError('invalid_definition', 'The schema of the attributes is not valid.', { issues });
  }
}

/** Writes a domain that was checked, in a transaction of its tenant; the same domain again changes nothing. */
export async function writeDomainOn(
  connection: TenantConnection,
  context: ChangeContext,
  { name, title, attributeSchema }: Domain,
): Promise<void> {
  if (!(await writeDomain(connection, { name, title, attribute_schema: attributeSchema }))) return;
  await tell(connection, context, {
    type: 'ExceptionDomainChanged',
    subjectType: 'settings',
    subjectId: `exception-domain/${name}`,
    data: { name },
  });
}

/** By name. */
export async function readDomains({ services, identity }: ReadContext): Promise<Domain[]> {
  const rows = await services.db.tenant(identity.tenantId, listDomains);
  return rows.map((row) => ({ name: row.name, title: row.title, attributeSchema: row.attribute_schema }));
}
