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
import {
  type createExceptionInputSchema,
  defaultSeverity,
  type ExceptionView,
} from '../exception-schemas.ts';
import { assertStorable, checkAttributes } from './check-attributes.ts';
import {
  about,
  type MemberContext,
  readAssignee,
  type WritingContext,
  withoutSecrets,
} from './exception-context.ts';
import { readException } from './exception-views.ts';
import type { OpeningRules } from './opening-rules.ts';

const subjectType = 'exception';

type NewExceptionInput = z.output<typeof createExceptionInputSchema>;

export type OpeningContext = MemberContext &
  WritingContext &
  ChangeContext<{ environment: Environment; openingRules: OpeningRules }>;

/**
 * Opens an exception with the tenant's next number. What it leaves open, the rules of the tenant may set. With an
 * idempotency key, it is opened once.
 * @param also in its transaction, before it commits; when it throws, nothing is opened
 * @throws InterlockError `invalid_input`, or `idempotency_conflict` when the key belongs to another exception
 */
export async function createException(
  context: OpeningContext,
  input: NewExceptionInput,
  also?: (connection: TenantConnection, exceptionId: string) => Promise<void>,
): Promise<ExceptionView> {
  const { services, identity } = context;
  assertStorable(input);
  const { idempotencyKey: key, ...sent } = input;
  const request = key === undefined ? null : { key, fingerprint: fingerprintOf(context, sent) };
  if (request) {
    const before = await services.db.tenant(identity.tenantId, (c) => openedBefore(c, request));
    if (before) return before;
  }
  const chosen = await readAssignee(context, input.assignee ?? null);
  const { tenantId } = identity;
  const domain = await services.db.tenant(tenantId, (connection) => readDomain(connection, input.domain));
  const schema = domain?.attribute_schema ?? null;
  const attributes = await checkAttributes(input.attributes, schema, tenantId);
  const written = await withoutSecrets(context, { ...input, attributes }, schema);
  const { title, description } = written;
  const decision = await services.openingRules.decide(context, {
    title,
    description,
    domain: input.domain,
    source: input.source,
    attributes: written.attributes,
    severity: input.severity,
    dueAt: input.dueAt == null ? input.dueAt : new Date(input.dueAt),
    assignee: input.assignee === undefined ? undefined : chosen,
  });
  const opened = await services.db.tenantTransaction(tenantId, async (connection) => {
    const id = uuidv7();
    if (request && !(await insertRequestKey(connection, { ...request, subjectType, subjectId: id }))) {
      const first = await openedBefore(connection, request);
      if (first) return first;
      throw new InterlockError(
        'conflict',
        'Another request with this Idempotency-Key is in progress. Try again.',
      );
    }
    const ruled = await decision.fields(connection);
    const severity = input.severity ?? ruled.severity ?? defaultSeverity;
    const assignee = chosen ?? ruled.assignee ?? null;
    const dueAt = input.dueAt == null ? (ruled.dueAt ?? null) : new Date(input.dueAt);
    const number = await insertException(connection, {
      id,
      fields: {
        title,
        description,
        domain: input.domain,
        severity,
        assignee_id: assignee?.id ?? null,
        assignee_name: assignee?.name ?? null,
        due_at: dueAt,
        attributes: written.attributes,
      },
      source: input.source,
      actor: identity.actor,
    });
    await also?.(connection, id);
    await noteEditor(connection, id, identity);
    await tell(
      connection,
      context,
      about(id, 'ExceptionCreated', {
        number,
        domain: input.domain,
        severity,
        ...(chosen ? { assignee: { id: chosen.id, name: chosen.name } } : {}),
      }),
    );
    await decision.record(connection, id);
    return readException(connection, id);
  });
  decision.begin();
  return opened;
}

/** What is left out counts as what it was when every field had a default: a key lives longer than a version. */
function fingerprintOf(
  { services }: OpeningContext,
  sent: Omit<NewExceptionInput, 'idempotencyKey'>,
): string {
  const { severity = defaultSeverity, dueAt = null, assignee = null } = sent;
  const whole = { ...sent, severity, dueAt, assignee };
  return createKeyedDigest(services.environment.INTERLOCK_AUTH_SECRET)('idempotency', whole as JsonObject);
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
