import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { ChangeContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { findRequestKey, insertRequestKey } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Environment } from '../../platform/server/environment.ts';
import { createKeyedDigest } from '../../platform/server/keyed-digest.ts';
import { insertException } from '../db/exceptions.ts';
import { readDomain } from '../db/exceptions-domains.ts';
import { noteEditor } from '../db/exceptions-editors.ts';
import type { createExceptionInputSchema, ExceptionView } from '../exception-schemas.ts';
import { assertStorable, checkAttributes } from './check-attributes.ts';
import {
  about,
  type MemberContext,
  readAssignee,
  type WritingContext,
  withoutSecrets,
} from './exception-context.ts';
import { readException } from './exception-views.ts';

const subjectType = 'exception';

/**
 * Opens an exception with the tenant's next number. With an idempotency key, it is opened once.
 * @throws InterlockError `invalid_input`, or `idempotency_conflict` when the key belongs to another exception
 */
export async function createException(
  context: MemberContext & WritingContext & ChangeContext<{ environment: Environment }>,
  input: z.output<typeof createExceptionInputSchema>,
): Promise<ExceptionView> {
  const { services, identity } = context;
  assertStorable(input);
  const { idempotencyKey: key, ...sent } = input;
  const request = key === undefined ? null : { key, fingerprint: fingerprintOf(context, sent) };
  if (request) {
    const before = await services.db.tenant(identity.tenantId, (c) => openedBefore(c, request));
    if (before) return before;
  }
  const assignee = await readAssignee(context, input.assignee);
  const { tenantId } = identity;
  const domain = await services.db.tenant(tenantId, (connection) => readDomain(connection, input.domain));
  const schema = domain?.attribute_schema ?? null;
  const attributes = await checkAttributes(input.attributes, schema, tenantId);
  const written = await withoutSecrets(context, { ...input, attributes }, schema);
  return services.db.tenantTransaction(tenantId, async (connection) => {
    const id = uuidv7();
    if (request && !(await insertRequestKey(connection, { ...request, subjectType, subjectId: id }))) {
      const first = await openedBefore(connection, request);
      if (first) return first;
      throw new InterlockError(
        'conflict',
        'Another request with this Idempotency-Key is in progress. Try again.',
      );
    }
    const number = await insertException(connection, {
      id,
      fields: {
        title: written.title,
        description: written.description,
        domain: input.domain,
        severity: input.severity,
        assignee_id: assignee?.id ?? null,
        assignee_name: assignee?.name ?? null,
        due_at: input.dueAt === null ? null : new Date(input.dueAt),
        attributes: written.attributes,
      },
      source: input.source,
      actor: identity.actor,
    });
    await noteEditor(connection, id, identity);
    await tell(
      connection,
      context,
      about(id, 'ExceptionCreated', {
        number,
        domain: input.domain,
        severity: input.severity,
        ...(assignee ? { assignee: { id: assignee.id, name: assignee.name } } : {}),
      }),
    );
    return readException(connection, id);
  });
}

function fingerprintOf({ services }: ChangeContext<{ environment: Environment }>, sent: object): string {
  return createKeyedDigest(services.environment.INTERLOCK_AUTH_SECRET)('idempotency', sent as JsonObject);
}

/** The exception that was opened with this key. */
async function openedBefore(
  connection: TenantConnection,
  request: { key: string; fingerprint: string },
): Promise<ExceptionView | null> {
  const entry = await findRequestKey(connection, subjectType, request.key);
  if (!entry) return null;
  if (entry.fingerprint !== request.fingerprint) {
    throw new InterlockError('idempotency_conflict', 'This Idempotency-Key was used for another exception.');
  }
  return readException(connection, entry.subjectId);
}
