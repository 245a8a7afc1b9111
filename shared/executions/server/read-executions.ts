import type { z } from 'zod';
import type { Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { isUuid } from '../../platform/ids.ts';
import {
  assertIdCursor,
  type Page,
  type PageOfEach,
  pageFrom,
  pagesFrom,
} from '../../platform/server/paging.ts';
import { matchStored } from '../../tools/server/match-stored.ts';
import { listExecutionsOf, readAttempts, readExecutionRows } from '../db/executions-of.ts';
import { type ExecutionWithAttempts, listExecutions, readExecution } from '../db/executions-read.ts';
import type {
  Execution,
  ExecutionSummary,
  executionListInputSchema,
  UndoState,
} from '../execution-schemas.ts';
import { undoableOf } from '../undoable.ts';
import { ownVote, refusedByApproval, refusedByPerson } from './approval-rules.ts';
import type { ExecutionServices } from './execution-services.ts';
import { toAttempt, toExecution, toExecutionSummary } from './execution-view.ts';
import { readUndoRules } from './plan-undo.ts';
import { waitingOf } from './waiting.ts';

/** @throws InterlockError `not_found` */
export async function mustReadExecution(
  { db }: Pick<ExecutionServices, 'db'>,
  { tenantId }: Identity,
  executionId: string,
): Promise<ExecutionWithAttempts> {
  const row = isUuid(executionId)
    ? await db.tenant(tenantId, (connection) => readExecution(connection, tenantId, executionId))
    : null;
  if (!row) throw new InterlockError('not_found', 'Execution not found.');
  return row;
}

/** @throws InterlockError `not_found` */
export async function getExecution(
  services: ExecutionServices,
  identity: Identity,
  executionId: string,
): Promise<Execution> {
  const row = await mustReadExecution(services, identity, executionId);
  const waiting = await waitingOf(services, row);
  const undo = row.status === 'succeeded' ? await undoStateOf(services, row) : null;
  const execution = { ...toExecution(services, row), ...(waiting && { waiting }), ...(undo && { undo }) };
  if (!row.approval || !execution.approval) return execution;
  const over = (row.approval_expires_at?.getTime() ?? 0) <= Date.now();
  const closed = refusedByApproval(row, row.approval, over);
  const refusal = closed ?? refusedByPerson(row, row.approval, identity);
  return {
    ...execution,
    approval: {
      ...execution.approval,
      mayDecide: refusal === null,
      mayNot: refusal?.message ?? null,
      mayChange: closed === null && ownVote(row.approval, identity) !== undefined,
    },
  };
}

/** Whether an execution that has succeeded can be undone, as far as it is known without its values. */
async function undoStateOf(
  { db }: Pick<ExecutionServices, 'db'>,
  row: ExecutionWithAttempts,
): Promise<UndoState | null> {
  const { definition, not } = await db.tenant(row.tenant_id, (connection) =>
    readUndoRules(connection, row.id),
  );
  if (!definition?.undo) return null;
  return { ...undoableOf(definition), possible: not === null, reason: not?.reason ?? null };
}

/** A page of executions, newest first. @throws InterlockError `invalid_input` for an invalid cursor */
export async function listExecutionPage(
  services: ExecutionServices,
  { tenantId }: Identity,
  { exceptionId, q, ...filter }: z.output<typeof executionListInputSchema>,
): Promise<Page<ExecutionSummary>> {
  assertIdCursor(filter.cursor);
  const ids = [filter.toolId, filter.connectorId, filter.playbookId];
  if (ids.some((id) => id !== undefined && !isUuid(id))) return { items: [], nextCursor: null };
  const { limit, cursor, ...others } = filter;
  const [of, named] = await Promise.all([
    exceptionId === undefined ? undefined : namesOf(services, tenantId, exceptionId),
    q === undefined ? undefined : namedBy(services, tenantId, q.trim()),
  ]);
  const exceptionIds = [of, named].filter((names) => names !== undefined);
  const alone = exceptionIds.length === 0 && Object.values(others).every((value) => value === undefined);
  const match =
    named || !q?.trim()
      ? undefined
      : await matchStored(services, tenantId, {
          subject: 'execution',
          q,
          newest: alone ? { before: cursor, limit: limit + 1 } : null,
        });
  const rows = await services.db.tenant(tenantId, (connection) =>
    listExecutions(connection, { ...filter, exceptionIds, match, limit: limit + 1 }),
  );
  return pageFrom(
    rows,
    limit,
    (row) => row.id,
    (row) => toExecutionSummary(services, row),
  );
}

/** Executions from before exceptions were checked have what their caller wrote, such as "EX-6". */
async function namesOf(
  { findException }: ExecutionServices,
  tenantId: string,
  reference: string,
): Promise<string[]> {
  const id = await findException(tenantId, reference);
  return id === null ? [reference] : [reference, id];
}

/** The exception that a text names by its number ("EX-6") or its id, if it does. */
async function namedBy(
  services: ExecutionServices,
  tenantId: string,
  q: string,
): Promise<string[] | undefined> {
  if (!isUuid(q) && !/^ex-?\d+$/i.test(q)) return undefined;
  const names = await namesOf(services, tenantId, q);
  return isUuid(q) && names.length === 1 ? undefined : names;
}

/** Executions by id, without payloads. Those that the tenant does not have are left out. */
export async function readExecutionSummaries(
  services: ExecutionServices,
  { tenantId }: Identity,
  ids: readonly string[],
): Promise<ExecutionSummary[]> {
  const rows = await services.db.tenant(tenantId, (connection) =>
    readExecutionRows(connection, ids.filter(isUuid)),
  );
  return rows.map((row) => toExecutionSummary(services, row));
}

/** The newest executions of each exception. @throws InterlockError `invalid_input` for an invalid cursor */
export async function readExecutionPagesOf(
  services: ExecutionServices,
  { tenantId }: Identity,
  exceptionIds: readonly string[],
  { limit, cursor }: PageOfEach,
): Promise<Map<string, Page<ExecutionSummary>>> {
  assertIdCursor(cursor);
  const rows = await services.db.tenant(tenantId, (connection) =>
    listExecutionsOf(connection, exceptionIds, { cursor, limit: limit + 1 }),
  );
  return pagesFrom(exceptionIds, rows, limit, {
    parentOf: (row) => row.exception_id ?? '',
    cursorOf: (row) => row.id,
    view: (row) => toExecutionSummary(services, row),
  });
}

/** The attempts of executions of the tenant, by execution. */
export async function readAttemptsOf(
  { db }: Pick<ExecutionServices, 'db'>,
  { tenantId }: Identity,
  ids: readonly string[],
): Promise<Map<string, Execution['attempts']>> {
  const found = await db.tenant(tenantId, (connection) => readAttempts(connection, ids));
  return new Map([...found].map(([id, rows]) => [id, rows.map(toAttempt)]));
}
