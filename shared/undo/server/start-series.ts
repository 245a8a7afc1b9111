import { randomBytes, timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { tell } from '../../events/server/tell.ts';
import { callDigest, callFacts } from '../../executions/server/prepare-execution.ts';
import type { PreparedCall } from '../../executions/server/prepared-call.ts';
import { mustReadExecution } from '../../executions/server/read-executions.ts';
import { prepareUndo } from '../../executions/server/undo-execution.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { isUniqueViolation } from '../../platform/db/unique-violation.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { inLanes } from '../../platform/server/in-lanes.ts';
import {
  countRunning,
  lockOpenSeries,
  resetFailed,
  type SeriesRow,
  updateSeries,
} from '../db/undo-series.ts';
import type { DueSeries } from '../db/undo-sweep.ts';
import type { startUndoSchema, UndoSeries, UndoSeriesPreview } from '../undo-schemas.ts';
import { insertSeries, listUndoable } from './insert-series.ts';
import { readSeriesOf } from './series-view.ts';
import { startAfterMs, startSeriesSoon } from './start-undo-workflow.ts';
import type { ReadSource, UndoChange, UndoRead, UndoSource } from './undo-context.ts';

const lanes = 8;
const defaultWaitMs = 30_000;
const lookMs = 500;
/** Series of a tenant at work: each one is an activity of the worker while something moves. */
const maxRunning = 20;

interface Prepared {
  source: UndoSource;
  items: { preview: UndoSeriesPreview['items'][number]; call: PreparedCall | null }[];
}

/** What undoing all of it would send, and what cannot be undone. Nothing is changed. */
export async function previewSeries(context: UndoRead, read: ReadSource): Promise<UndoSeriesPreview> {
  const { services, identity } = context;
  const prepared = await prepareSeries(context, read, (source) =>
    services.previewLimits.beforePreview(identity, source.id),
  );
  const items = prepared.items.map(({ preview }) => preview);
  const possible = items.filter((item) => item.possible);
  return {
    digest: digestOf(context, prepared),
    items,
    counts: {
      possible: possible.length,
      cannot: items.length - possible.length,
      approvals: possible.filter(({ preview }) => preview?.policy.effect === 'require_approval').length,
    },
  };
}

async function prepareSeries(
  { services, identity }: UndoRead,
  read: ReadSource,
  limit: (source: UndoSource) => void,
): Promise<Prepared> {
  const { tenantId } = identity;
  const { source, listed } = await services.db.tenantTransaction(tenantId, async (connection) => {
    const source = await read(connection);
    return { source, listed: await listUndoable(connection, source) };
  });
  limit(source);
  const items: Prepared['items'] = [];
  await inLanes(lanes, [...listed.entries()], async ([index, { row, label, cannot }]) => {
    const execution = await mustReadExecution(services, identity, row.id);
    const { preview, call } = await prepareUndo(services, identity, execution);
    items[index] =
      cannot === null
        ? { preview: { ...preview, label }, call }
        : { preview: { ...preview, label, possible: false, reason: cannot, preview: null }, call: null };
  });
  return { source, items };
}

/** 64 hex digits that bind a series to what was previewed. */
function digestOf(
  { services, identity }: UndoRead,
  { source, items }: Prepared,
  nonce = randomBytes(16).toString('hex'),
): string {
  const facts = items.map(
    ({ preview, call }): JsonValue => [preview.executionId, call ? callFacts(call) : null],
  );
  const about = [nonce, identity.tenantId, 'undo', source.type, source.id, facts];
  return nonce + services.digest('preview', about).slice(0, 32);
}

/** By execution: of each call that was previewed. @throws InterlockError `preview_changed` */
async function previewedDigests(
  context: UndoRead,
  read: ReadSource,
  digest: string,
): Promise<Map<string, string>> {
  const { services, identity } = context;
  const prepared = await prepareSeries(context, read, (source) =>
    services.previewLimits.beforeDigest(identity, source.id),
  );
  const expected = /^[0-9a-f]{64}$/.test(digest) ? digestOf(context, prepared, digest.slice(0, 32)) : '';
  if (expected === '' || !timingSafeEqual(Buffer.from(expected), Buffer.from(digest))) throw changed();
  return new Map(
    prepared.items.flatMap(({ preview, call }) =>
      call ? [[preview.executionId, callDigest(services, call)]] : [],
    ),
  );
}

const changed = () =>
  new InterlockError(
    'preview_changed',
    'What would be undone has changed since the preview. Nothing was sent. Preview it again.',
  );

const conflict = (message: string) => new InterlockError('conflict', `${message} Nothing was sent.`);

/**
 * Begins to undo what a batch or a run has done, the last first; or goes on with what has stopped. Then it is that of
 * whoever continues it.
 * @throws InterlockError `not_found`; `conflict` when it is in progress, or nothing can be undone; `preview_changed`; `rate_limited`
 */
export async function startSeries(
  context: UndoChange,
  read: ReadSource,
  { previewDigest, reason: sent, skipFailed, waitMs }: Omit<z.output<typeof startUndoSchema>, 'id'>,
): Promise<UndoSeries> {
  const { services, identity, requestId } = context;
  const { tenantId, actor } = identity;
  const reason = sent === undefined ? null : await services.written.note(tenantId, sent);
  const digests = previewDigest === undefined ? null : await previewedDigests(context, read, previewDigest);
  const { source, series } = await services.db
    .tenantTransaction(tenantId, async (connection) => {
      const source = await read(connection);
      if ((await countRunning(connection)) >= maxRunning)
        throw new InterlockError(
          'rate_limited',
          `This organization has ${maxRunning} undos in progress, the most it may begin at once. Nothing was sent; wait until one has ended.`,
          { retryAfterSeconds: 10 },
        );
      const open = await lockOpenSeries(connection, source.type, source.id);
      if (open) return { source, series: await goOn(connection, open, context, skipFailed) };
      const series = await insertSeries(connection, {
        source,
        reason,
        actor,
        requestId,
        ...(digests && { digests }),
      });
      if (!series) throw conflict('Nothing of it can be undone.');
      return { source, series };
    })
    .catch((error: unknown) => {
      throw isUniqueViolation(error) ? conflict('It is being undone.') : error;
    });
  await startSeriesSoon(services, series);
  return waitFor(context, source, series.id, waitMs);
}

async function goOn(
  connection: TenantConnection,
  row: SeriesRow,
  { identity, requestId }: UndoChange,
  skipFailed: boolean,
): Promise<DueSeries> {
  if (row.status !== 'stopped') throw conflict('It is being undone.');
  const { actor, tenantId } = identity;
  await resetFailed(
    connection,
    row.id,
    skipFailed
      ? { status: 'skipped', reason: `Passed over by ${actor.name}.`, attempt: null, ended_at: new Date() }
      : { status: 'pending', reason: null, attempt: null, ended_at: null },
  );
  const round = row.round + 1;
  await updateSeries(connection, row.id, {
    status: 'running',
    reason: null,
    round,
    run_by_type: actor.type,
    run_by_id: actor.id,
    run_by_name: actor.name,
    start_at: new Date(Date.now() + startAfterMs),
  });
  await tell(
    connection,
    { identity, requestId },
    {
      type: 'UndoContinued',
      subjectType: 'undo',
      subjectId: row.id,
      exceptionId: row.exception_id,
      data: { of: row.source_type, ofId: row.source_id, skipFailed },
    },
  );
  return { id: row.id, tenantId, round };
}

/** The series when it has ended or stopped, or after `waitMs`. Left out: 30 s, and not while it waits for people. */
async function waitFor(
  { services, identity }: UndoChange,
  { type, id }: UndoSource,
  seriesId: string,
  waitMs: number | undefined,
): Promise<UndoSeries> {
  const until = performance.now() + (waitMs ?? defaultWaitMs);
  for (let nap = 20; ; nap = Math.min(lookMs, nap * 2)) {
    const all = await services.db.tenant(identity.tenantId, (connection) =>
      readSeriesOf(connection, type, id),
    );
    const series = all.find((each) => each.id === seriesId)!;
    const asks = series.items.some(({ status, undoneBy }) => status === 'running' && undoneBy?.needsApproval);
    const rests = series.status !== 'running' || (waitMs === undefined && asks);
    if (rests || performance.now() > until) return series;
    await sleep(nap);
  }
}
