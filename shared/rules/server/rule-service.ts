import { v7 as uuidv7 } from 'uuid';
import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import { refuseStale } from '../../events/server/refuse-stale.ts';
import { tell } from '../../events/server/tell.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { findRequestKey, insertRequestKey } from '../../platform/db/request-keys.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import { checkState, type IfMatch } from '../../platform/if-match.ts';
import type { JsonObject } from '../../platform/json.ts';
import { stillArchived } from '../../platform/still-archived.ts';
import { findPublishedPlaybook } from '../../playbooks/db/playbook-versions.ts';
import {
  insertRule,
  listRules,
  lockRules,
  orderRules,
  type RuleRow,
  readArchivedRule,
  updateRule,
} from '../db/rules.ts';
import type { RuleDocument, RuleView } from '../rule-schemas.ts';
import { checkRule } from './check-rule.ts';
import { type RuleServices, ruleFormatVersion, ruleOf } from './rule-context.ts';
import { viewRules } from './rule-views.ts';

/** Every new exception asks all of them, and the list is read whole. */
const maxRules = 100;

type Changing = ChangeContext<RuleServices>;
type Reading = ReadContext<RuleServices>;

const ruleNotFound = () => new InterlockError('not_found', 'Rule not found.');

/** In the order in which they are asked. */
export async function readRules({ services, identity: { tenantId } }: Reading): Promise<RuleView[]> {
  const members = await services.accounts.members(tenantId);
  return services.db.tenant(tenantId, async (connection) => {
    const rows = await listRules(connection);
    return viewRules(connection, rows, members, placesOf(rows));
  });
}

/** @throws InterlockError `not_found` */
export async function readOneRule(
  { services, identity: { tenantId } }: Reading,
  id: string,
): Promise<RuleView> {
  const members = await services.accounts.members(tenantId);
  return services.db.tenant(tenantId, async (connection) => {
    const rows = await listRules(connection);
    const row = rows.find((each) => each.id === id);
    if (!row) throw ruleNotFound();
    const [view] = await viewRules(connection, [row], members, placesOf(rows));
    return view!;
  });
}

const placesOf = (rows: readonly RuleRow[]) => new Map(rows.map(({ id }, index) => [id, index + 1]));

const stored = (document: RuleDocument) => ({ document: { ...document }, format_version: ruleFormatVersion });

const subjectType = 'rule';

/** A text that people write never holds a secret that the vault knows. */
async function checked(
  { services, identity: { tenantId } }: Reading,
  sent: Record<string, unknown>,
): Promise<RuleDocument> {
  const document = await checkRule(services, tenantId, sent);
  return { ...document, name: await services.written.text(tenantId, document.name) };
}

/**
 * Adds a rule below the others. It counts for every exception that is opened from now on. With an idempotency key, it is
 * created once.
 * @throws InterlockError `invalid_definition`, `idempotency_conflict`, or `conflict` when the tenant has too many
 */
export async function createRule(
  context: Changing,
  sent: Record<string, unknown>,
  idempotencyKey?: string,
): Promise<RuleView> {
  const document = await checked(context, sent);
  const { services, identity } = context;
  const id = uuidv7();
  const request =
    idempotencyKey === undefined
      ? null
      : {
          key: idempotencyKey,
          fingerprint: services.digest('idempotency', document as unknown as JsonObject),
        };
  const created = await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    if (request && !(await insertRequestKey(connection, { ...request, subjectType, subjectId: id })))
      return createdBefore(connection, request);
    await lockRules(connection);
    const position = await lastPosition(connection);
    await insertRule(connection, { id, position, ...stored(document) }, identity.actor);
    const { name, enabled } = document;
    await tell(connection, context, {
      type: 'ExceptionRuleCreated',
      subjectType,
      subjectId: id,
      data: { name, enabled, sets: setsOf(document) },
    });
    return id;
  });
  return readOneRule(context, created);
}

/** Below the others. Call it after `lockRules`. @throws InterlockError `conflict` when there are too many */
async function lastPosition(connection: TenantConnection): Promise<number> {
  const rules = await listRules(connection);
  if (rules.length >= maxRules)
    throw new InterlockError(
      'conflict',
      `An organization has at most ${maxRules} rules. The rule was not stored; archive one first.`,
    );
  return Math.max(0, ...rules.map((rule) => rule.position)) + 1;
}

const setsOf = ({ set }: RuleDocument) => Object.keys(set);

/** The id of the rule that was created with this key. */
async function createdBefore(
  connection: TenantConnection,
  request: { key: string; fingerprint: string },
): Promise<string> {
  const entry = await findRequestKey(connection, subjectType, request.key);
  if (entry?.fingerprint === request.fingerprint) return entry.subjectId;
  throw new InterlockError('idempotency_conflict', 'This Idempotency-Key was used for another rule.');
}

/** @throws InterlockError `not_found`, `invalid_definition`, or `precondition_failed` */
export async function updateRuleDocument(
  context: Changing,
  id: string,
  sent: Record<string, unknown>,
  ifMatch?: IfMatch,
): Promise<RuleView> {
  await readOneRule(context, id);
  const document = await checked(context, sent);
  await changing(context, id, ifMatch, async (connection, before) => {
    await updateRule(connection, id, stored(document), context.identity.actor);
    const { name, enabled } = document;
    const { id: _, ...old } = ruleOf(before);
    await tell(connection, context, {
      type: 'ExceptionRuleUpdated',
      subjectType,
      subjectId: id,
      data: { name, enabled, revision: before.revision + 1, fields: changedFields(old, document) },
    });
  });
  return readOneRule(context, id);
}

function changedFields(before: RuleDocument, after: RuleDocument): string[] {
  return (Object.keys(after) as (keyof RuleDocument)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}

/** Exceptions keep what it has set. @throws InterlockError `not_found` or `precondition_failed` */
export async function archiveRule(context: Changing, id: string, ifMatch?: IfMatch): Promise<void> {
  await changing(context, id, ifMatch, async (connection, before) => {
    await updateRule(connection, id, { archived: true }, context.identity.actor);
    await tell(connection, context, {
      type: 'ExceptionRuleArchived',
      subjectType,
      subjectId: id,
      data: { name: ruleOf(before).name },
    });
  });
}

/**
 * Asks an archived rule again, below the others. One that is not archived stays as it is.
 * @throws InterlockError `not_found`, or `conflict` when there are too many or while its playbook is archived
 */
export async function restoreRule(context: Changing, id: string): Promise<RuleView> {
  if (!isUuid(id)) throw ruleNotFound();
  const { services, identity } = context;
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    const before = await readArchivedRule(connection, id);
    if (!before) return;
    await lockRules(connection);
    if (!(await readArchivedRule(connection, id))) return;
    const { name, enabled, set } = ruleOf(before);
    if (set.playbookId !== undefined && !(await findPublishedPlaybook(connection, set.playbookId)))
      throw stillArchived(
        'Its playbook is not published, or is archived. Restore that first.',
        '/set/playbookId',
      );
    const position = await lastPosition(connection);
    await updateRule(connection, id, { archived: false, position }, identity.actor);
    await tell(connection, context, {
      type: 'ExceptionRuleUnarchived',
      subjectType,
      subjectId: id,
      data: { name, enabled },
    });
  });
  return readOneRule(context, id);
}

/** @throws InterlockError `not_found` or `precondition_failed` */
async function changing(
  context: Changing,
  id: string,
  ifMatch: IfMatch | undefined,
  work: (connection: TenantConnection, before: RuleRow) => Promise<void>,
): Promise<void> {
  if (!isUuid(id)) throw ruleNotFound();
  const { services, identity } = context;
  await services.db
    .tenantTransaction(identity.tenantId, async (connection) => {
      await lockRules(connection);
      const before = (await listRules(connection)).find((row) => row.id === id);
      if (!before) throw ruleNotFound();
      checkState(ifMatch, before.revision);
      await work(connection, before);
    })
    .catch(
      refuseStale(async () => {
        const current = await readOneRule(context, id);
        return { what: 'The rule', changedBy: current.updatedBy, changedAt: current.updatedAt, current };
      }),
    );
}

/**
 * @param ids every rule once, in the order in which they shall be asked
 * @throws InterlockError `conflict` when these are not the rules that there are
 */
export async function reorderRules(context: Changing, ids: readonly string[]): Promise<RuleView[]> {
  const { services, identity } = context;
  await services.db.tenantTransaction(identity.tenantId, async (connection) => {
    await lockRules(connection);
    const before = (await listRules(connection)).map(({ id }) => id);
    if (before.length !== ids.length || new Set([...before, ...ids]).size !== ids.length)
      throw new InterlockError(
        'conflict',
        'These are not the rules that there are now: one was added or archived. Nothing was moved; load them again.',
      );
    if (before.every((id, index) => id === ids[index])) return;
    await orderRules(connection, ids);
    await tell(connection, context, {
      type: 'ExceptionRulesReordered',
      subjectType: 'settings',
      subjectId: 'exception-rules',
      data: { order: ids },
    });
  });
  return readRules(context);
}
