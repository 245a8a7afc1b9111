import { setTimeout as sleep } from 'node:timers/promises';
import { readExecution } from '../../executions/db/executions-read.ts';
import type { ExecutionRow } from '../../executions/db/executions-row.ts';
import { inFull } from '../../executions/failure-message.ts';
import { planUndo, readUndoRules, type UndoRules } from '../../executions/server/plan-undo.ts';
import { can, type Identity } from '../../identity/roles.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { type ItemRow, nextItem, readSeries, type SeriesRow, updateItem } from '../db/undo-series.ts';
import type { DueSeries } from '../db/undo-sweep.ts';
import type { UndoReport, UndoSeriesArgs } from '../undo-contract.ts';
import { endSeries, stopSeries } from './end-series.ts';
import { runByOf } from './series-view.ts';
import type { UndoServices } from './undo-context.ts';

/** Longest wait for the outcome of one, before the row is read again. */
const waitMs = 5000;
const napMs = 250;
/** Between looks while nothing moves, until the workflow waits instead. */
const idleMs = 3000;

/** What was turned away for these reasons is sent a moment later. */
const passing: ReadonlySet<string> = new Set(['rate_limited', 'overloaded', 'unavailable', 'conflict']);

type Step = 'moved' | 'stopped' | { waits: string };

/**
 * Undoes one execution after the other, for as long as something moves. The rows have how far it is; each undo is an
 * execution that is written once, so what a lost process has begun is found and not done again.
 * @param signal aborted when the process ends: nothing further begins
 * @throws what the database throws; then it is done again
 */
export async function driveSeries(
  services: UndoServices,
  { tenantId, seriesId: id, round }: UndoSeriesArgs,
  signal: AbortSignal,
): Promise<UndoReport> {
  const series: DueSeries = { id, tenantId, round };
  let idleSince: number | null = null;
  let moved = false;
  for (;;) {
    const { row, item } = await services.db.tenant(tenantId, async (connection) => ({
      row: await readSeries(connection, id),
      item: await nextItem(connection, id),
    }));
    if (row?.round !== round || row.status !== 'running') return { state: 'ended' };
    if (signal.aborted) return { state: 'waiting', moved: true, message: 'Goes on in another worker.' };
    if (!item) {
      await endSeries(services, series);
      return { state: 'ended' };
    }
    const step = await undoNext(services, series, row, item);
    if (step === 'stopped') return { state: 'ended' };
    if (step === 'moved') {
      idleSince = null;
      moved = true;
      continue;
    }
    idleSince ??= performance.now();
    if (performance.now() - idleSince > idleMs) return { state: 'waiting', moved, message: step.waits };
    await sleep(napMs, undefined, { ref: false });
  }
}

async function undoNext(
  services: UndoServices,
  series: DueSeries,
  row: SeriesRow,
  item: ItemRow,
): Promise<Step> {
  const { tenantId } = series;
  const found = await services.db.tenant(tenantId, async (connection) => {
    const execution = await readExecution(connection, tenantId, item.execution_id);
    return execution && { execution, rules: await readUndoRules(connection, execution.id) };
  });
  if (!found) return set(services, item, 'cannot', 'It does not exist any more.');
  const { execution, rules } = found;
  const known = await byRules(services, series, item, rules);
  if (known) return known;
  const identity = await services.accounts.identityOf(tenantId, runByOf(row));
  if (!identity || !can(identity, 'tools.execute')) {
    const reason = `${row.run_by_name} may no longer execute tools for this organization. Someone who may can continue; what is left is theirs then.`;
    await stopSeries(services, series, reason);
    return 'stopped';
  }
  return execute(services, { series, identity, execution, item, rules });
}

/** What is known without looking at values; null: it is to be sent. */
async function byRules(
  services: UndoServices,
  series: DueSeries,
  item: ItemRow,
  { last, not }: UndoRules,
): Promise<Step | null> {
  if (not?.kind === 'done') return set(services, item, 'undone', null);
  if (not?.kind === 'going') {
    if (item.status === 'pending') await set(services, item, 'running', null);
    return { waits: last?.approval_status === 'waiting' ? 'Waits for an approval.' : 'Waits for a call.' };
  }
  if (not?.kind === 'open') return { waits: 'Waits for a call to end.' };
  if (not?.kind === 'nothing') return set(services, item, 'skipped', not.reason);
  if (not?.kind === 'unsettled' || not?.kind === 'doubtful') return fail(services, series, item, not.reason);
  const tried = item.attempt !== null && last !== undefined && last.attempt >= item.attempt;
  if (tried && last.id !== null) {
    const { error_message: message, failure_reason: reason } = last;
    return fail(services, series, item, inFull({ message: message ?? '', reason }));
  }
  return not ? set(services, item, 'cannot', not.reason) : null;
}

interface Next {
  series: DueSeries;
  identity: Identity;
  execution: ExecutionRow;
  item: ItemRow;
  rules: UndoRules;
}

async function execute(
  services: UndoServices,
  { series, identity, execution, item, rules: { last } }: Next,
): Promise<Step> {
  try {
    await planUndo(services, identity, execution);
  } catch (error) {
    if (!(error instanceof InterlockError) || error.code === 'internal') throw error;
    const words = wordsOf(error);
    return error.code === 'conflict'
      ? set(services, item, 'cannot', words)
      : fail(services, series, item, words);
  }
  const attempt = last === undefined ? 0 : last.id === null ? last.attempt : last.attempt + 1;
  await services.db.tenant(series.tenantId, (connection) =>
    updateItem(connection, item, { status: 'running', attempt, started_at: item.started_at ?? new Date() }),
  );
  try {
    await services.executor.undo({
      identity,
      executionId: execution.id,
      previewDigest: item.preview_digest ?? undefined,
      inSeries: true,
      waitMs,
      requestId: series.id,
    });
    return 'moved';
  } catch (error) {
    if (!(error instanceof InterlockError) || error.code === 'internal') throw error;
    if (!passing.has(error.code)) return fail(services, series, item, wordsOf(error));
    return { waits: 'Waits to be sent.' };
  }
}

async function set(
  { db }: UndoServices,
  item: ItemRow,
  status: 'running' | 'undone' | 'cannot' | 'skipped',
  reason: string | null,
): Promise<'moved'> {
  const ended = status === 'running' ? {} : { ended_at: new Date() };
  await db.tenant(item.tenant_id, (connection) => updateItem(connection, item, { status, reason, ...ended }));
  return 'moved';
}

/** What could not be undone stops the series: what was done before it is left as it is. */
async function fail(
  services: UndoServices,
  series: DueSeries,
  item: ItemRow,
  reason: string,
): Promise<'stopped'> {
  await stopSeries(services, series, `${item.label}: ${reason}`, (connection) =>
    updateItem(connection, item, { status: 'failed', reason, ended_at: new Date() }),
  );
  return 'stopped';
}

const wordsOf = ({ message, issues }: InterlockError): string =>
  [
    message.replace(/ Nothing was sent\.$/, ''),
    ...(issues ?? []).slice(0, 5).map((each) => `${each.path} ${each.message}`),
  ].join(' ');
