import type { Identity } from '../../identity/roles.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { jsonValue } from '../../platform/json-text.ts';
import { ExpressionError, resolveTemplate } from '../../platform/server/expressions.ts';
import { findToolIds } from '../../tools/db/tool-names.ts';
import { checkEnabled, type LoadedTool, loadToolOn } from '../../tools/server/tool-service.ts';
import type { ToolUndo } from '../../tools/tool-fields.ts';
import type { ExecutionRow } from '../db/executions-row.ts';
import { listUndone, readUndoAttempts, type UndoAttempt, type UndoneRow } from '../db/executions-undo.ts';
import { redactedPaths } from '../redacted-paths.ts';
import type { ExecutionContext } from './execution-context.ts';
import { type NotUndone, whyNotUndone } from './undo-rules.ts';

/** How an execution is undone. */
export interface UndoPlan {
  tool: LoadedTool;
  payload: JsonValue;
  /** The last attempt; it did not undo it. */
  last: UndoAttempt | undefined;
}

/** What refuses to undo an execution, for people and programs. */
export function refusalOf({ kind, reason }: NotUndone, last: UndoAttempt | undefined): InterlockError {
  const code = kind === 'unsettled' ? 'unsettled' : 'conflict';
  const details = last?.id ? { details: { undoneBy: last.id } } : {};
  return new InterlockError(code, `${reason} Nothing was sent.`, details);
}

/**
 * What would undo an execution now.
 * @throws InterlockError `conflict` when it cannot be undone or was, `unsettled` while an outcome is unknown, `disabled`
 */
export async function planUndo(
  { db }: Pick<ExecutionContext, 'db'>,
  { tenantId }: Pick<Identity, 'tenantId'>,
  row: ExecutionRow,
): Promise<UndoPlan> {
  const { tool, last, undo } = await db.tenant(tenantId, async (connection) => {
    const { definition, last, not } = await readUndoRules(connection, row.id);
    if (not) throw refusalOf(not, last);
    const undo = definition!.undo!;
    const id = (await findToolIds(connection, [undo.tool])).get(undo.tool);
    const tool = id === undefined ? null : await loadToolOn(connection, id);
    return { tool, last, undo };
  });
  if (!tool || tool.archived)
    throw new InterlockError('conflict', `Its undo ${undo.tool} does not exist any more. Nothing was sent.`);
  checkEnabled(tool);
  return { tool, last, payload: await payloadOf(row, undo) };
}

/** What decides whether an execution can be undone, apart from its values. */
export interface UndoRules {
  /** Of the version that was executed; null: it is gone. */
  definition: LoadedTool['definition'] | null;
  last: UndoAttempt | undefined;
  /** Why it is not undone; null: it can be. */
  not: NotUndone | null;
}

/** @param executionId of the tenant */
export async function readUndoRules(connection: TenantConnection, executionId: string): Promise<UndoRules> {
  return (await readAllUndoRules(connection, await listUndone(connection, [executionId])))[0]!;
}

/** The same of many, in their order. */
export async function readAllUndoRules(
  connection: TenantConnection,
  rows: readonly UndoneRow[],
): Promise<UndoRules[]> {
  const attempts = await readUndoAttempts(
    connection,
    rows.map(({ id }) => id),
  );
  const definitions = new Map<string, LoadedTool['definition'] | null>();
  const now = Date.now();
  const all: UndoRules[] = [];
  for (const row of rows) {
    const { tool_id: id, tool_version: version, connector_revision: connectorRevision } = row;
    const key = `${id}/${version}/${connectorRevision}`;
    if (!definitions.has(key))
      definitions.set(
        key,
        (await loadToolOn(connection, id, { version, connectorRevision }))?.definition ?? null,
      );
    const definition = definitions.get(key) ?? null;
    const last = attempts.get(row.id);
    all.push({ definition, last, not: whyNotUndone(row, definition, last, now) });
  }
  return all;
}

/** Of what is stored: what redaction has hidden cannot be sent. @throws InterlockError `conflict` */
async function payloadOf(row: ExecutionRow, { input: template }: ToolUndo): Promise<JsonValue> {
  const scope = {
    input: jsonValue(row.input_payload),
    output: row.output_payload === null ? null : jsonValue(row.output_payload),
  };
  let payload: JsonValue;
  try {
    payload = (await resolveTemplate(template as JsonObject, scope, '', row.tenant_id)) ?? {};
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw unfit('The input of its undo cannot be made of what is stored.', [
      { path: error.path, message: error.message, keyword: 'expression' },
    ]);
  }
  const hidden = redactedPaths(payload);
  if (hidden.length === 0) return payload;
  throw unfit(
    'Its undo needs values that are not kept, because they are secret or personal data.',
    hidden.map((path) => ({ path, message: 'is not kept', keyword: 'redacted' })),
  );
}

const unfit = (message: string, issues: Issue[]) =>
  new InterlockError('conflict', `${message} Nothing was sent.`, { issues });
