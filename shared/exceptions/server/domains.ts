import type { z } from 'zod';
import { appendEvent } from '../../events/db/append-event.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { checkSchema } from '../../platform/server/json-schema.ts';
import { listDomains, writeDomain } from '../db/exceptions-domains.ts';
import type { exceptionDomainSchema } from '../exception-schemas.ts';
import { assertStorable } from './check-attributes.ts';
import type { ExceptionContext } from './exception-context.ts';

type Domain = z.output<typeof exceptionDomainSchema>;

/** What is there already stays as it is. @throws InterlockError `invalid_definition` under `/attributeSchema` */
export async function setDomain(context: ExceptionContext, domain: Domain): Promise<Domain> {
  assertStorable(domain);
  const { type } = domain.attributeSchema;
  const issues = checkSchema(domain.attributeSchema, '/attributeSchema');
  if (type !== undefined && ![type].flat().includes('object')) {
    issues.push({ path: '/attributeSchema/type', message: 'Attributes are an object', keyword: 'type' });
  }
  if (issues.length > 0) {
    throw new InterlockError('invalid_definition', 'The schema of the attributes is not usable.', { issues });
  }
  const { services, identity, requestId } = context;
  const row = { name: domain.name, title: domain.title, attribute_schema: domain.attributeSchema };
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    if (!(await writeDomain(connection, row))) return;
    await appendEvent(connection, identity.tenantId, {
      type: 'ExceptionDomainChanged',
      subjectType: 'settings',
      subjectId: `exception-domain/${domain.name}`,
      actor: identity.actor,
      requestId,
      data: { name: domain.name },
    });
  });
  return domain;
}

/** By name. */
export async function readDomains({ services, identity }: ExceptionContext): Promise<Domain[]> {
  const rows = await services.db.tenant(identity.tenantId, listDomains);
  return rows.map((row) => ({ name: row.name, title: row.title, attributeSchema: row.attribute_schema }));
}
