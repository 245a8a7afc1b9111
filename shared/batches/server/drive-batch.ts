import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { findIdempotencyKeys } from '../../executions/db/executions-insert.ts';
import { readPayloads, type StoredPayload } from '../../executions/db/executions-of.ts';
import type { Execution } from '../../executions/execution-schemas.ts';
import { inFull } from '../../executions/failure-message.ts';
import type { Identity } from '../../identity/roles.ts';
import { withOrigin } from '../../identity/server/request-origin.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../platform/json.ts';
import { atMost } from '../../platform/server/at-most.ts';
import { ExpressionError, evaluateCondition, resolveTemplate } from '../../platform/server/expressions.ts';
import type { BatchReport, RunBatchArgs } from '../batch-contract.ts';
import type { BatchCallStatus } from '../batch-schemas.ts';
import {
  type BatchControl,
  type BatchRow,
  type Outcome,
  readBatch,
  readCalls,
  readControl,
  readOutcomes,
  writeCalls,
} from '../db/batches.ts';
import type { CallFailure } from '../db/tables.ts';
import type { BatchServices } from './batch-context.ts';
import { identityNow } from './batch-identity.ts';
import { originOfBatch, runByOf } from './batch-view.ts';
import { cancelLeft, endBatch, pauseAfterSample, pauseFor } from './end-batch.ts';
import { openCalls, type StoredCall } from './stored-batch.ts';

/** How often the row is read while calls are made: someone may have paused or cancelled the batch. */
const lookMs = 250;
/** How long what has become of calls may wait to be written together. */
const flushMs = 50;
/** Between looks while nothing moves, until the workflow waits instead. */
const idleMs = 3000;
/** A wait within a round; a longer one is left to the workflow. */
const longestNapMs = 5000;
/** How long the rights of the person are taken as known. */
const identityMs = 1000;
/** Of an output that expressions may use. */
const longestOutput = 1_048_576;
/** Of all outputs that one call uses, and of those that are kept for the next calls. */
const scopeBytes = 16 * 1_048_576;
/** Calls whose payload is made, or waits for a place; each may be large. */
const maxPreparing = 64;
/** Longest wait before a call that was turned away is tried again. */
const longestRetryMs = 10_000;

const ended: ReadonlySet<BatchCallStatus> = new Set(['succeeded', 'failed', 'skipped', 'cancelled']);
/** A call that was turned away for these reasons is made a moment later. */
const passing: ReadonlySet<string> = new Set(['rate_limited', 'overloaded', 'unavailable', 'conflict']);

interface Call extends StoredCall {
  position: number;
  attempt: number;
  status: BatchCallStatus;
  executionId: string | null;
  failure: CallFailure | null;
  startedAt: Date | null;
}

/**
 * Makes the calls of a batch for as long as something moves: each one is an execution like any other. The rows have how
 * far each call is; the keys of the executions make one that was begun by a lost process found, and not made twice.
 * @param signal aborted when the process ends: no further call begins
 * @throws what the database throws; then it is done again
 */
export async function driveBatch(
  services: BatchServices,
  args: RunBatchArgs,
  signal: AbortSignal,
): Promise<BatchReport> {
  const drive = await loadDrive(services, args, signal);
  return drive ? drive.run() : { state: 'ended' };
}

async function loadDrive(
  services: BatchServices,
  { tenantId, batchId, round }: RunBatchArgs,
  signal: AbortSignal,
): Promise<Drive | null> {
  const found = await services.db.tenant(tenantId, async (connection) => {
    const row = await readBatch(connection, batchId);
    return row?.definition_sealed && row.round === round && row.ended_at === null
      ? { row, sealed: row.definition_sealed, rows: await readCalls(connection, batchId) }
      : null;
  });
  if (!found) return null;
  const stored = await openCalls(services.vault, { tenantId, batchId }, found.sealed);
  const calls = found.rows.map(
    (row, index): Call => ({
      ...stored[index]!,
      position: row.position,
      attempt: row.attempt,
      status: row.status,
      executionId: row.execution_id,
      failure: row.failure,
      startedAt: row.started_at,
    }),
  );
  const drive = new Drive(services, found.row, calls, signal);
  await drive.findBegun();
  return drive;
}

class Drive {
  private readonly services: BatchServices;
  private readonly row: BatchRow;
  private readonly calls: Call[];
  private readonly byId: Map<string, Call>;
  private readonly signal: AbortSignal;
  private control: BatchControl;
  /** Calls in progress in this process. */
  private readonly lanes = new Map<Call, Promise<void>>();
  private readonly changed = new Set<Call>();
  private readonly cancelled = new Set<string>();
  private readonly outputs = new LRUCache<string, StoredPayload>({
    maxSize: scopeBytes,
    // A short one takes memory too.
    sizeCalculation: ({ bytes }) => bytes + 256,
  });
  /** Each holds all outputs that a call uses. */
  private readonly scopes = atMost(4);
  private who: { identity: Identity; until: number } | null = null;
  private nextStart = 0;
  /** When something happened last. */
  private moved = Number.NEGATIVE_INFINITY;
  private flushed = Number.NEGATIVE_INFINITY;
  private broken: { error: unknown } | null = null;
  private wake = Promise.withResolvers<void>();

  constructor(services: BatchServices, row: BatchRow, calls: Call[], signal: AbortSignal) {
    this.services = services;
    this.row = row;
    this.calls = calls;
    this.byId = new Map(calls.map((call) => [call.id, call]));
    this.signal = signal;
    this.control = row;
    if (row.per_minute !== null) {
      const last = Math.max(0, ...calls.map(({ startedAt }) => startedAt?.getTime() ?? 0));
      this.nextStart = last + 60_000 / row.per_minute;
    }
  }

  /** Executions that a lost process has begun and not recorded. */
  async findBegun(): Promise<void> {
    const keys = new Map(
      this.calls.filter(({ status }) => status === 'pending').map((call) => [this.keyOf(call), call]),
    );
    if (keys.size === 0) return;
    const found = await this.inTenant((connection) => findIdempotencyKeys(connection, [...keys.keys()]));
    for (const [key, executionId] of found) {
      const call = keys.get(key)!;
      // A key of the caller's may be that of an earlier batch: the execution is compared when the call is made.
      if (call.key === null) this.set(call, { status: 'running', executionId, failure: null });
    }
  }

  async run(): Promise<BatchReport> {
    let looked = Number.NEGATIVE_INFINITY;
    for (;;) {
      if (this.broken) throw this.broken.error;
      this.skipWhatCannotRun();
      const now = performance.now();
      if (this.lanes.size === 0 || now - this.flushed >= flushMs) await this.flush();
      if (now - looked >= lookMs) {
        looked = now;
        // Another workflow goes on with it, and finds what was begun here.
        if (!(await this.look())) return { state: 'ended' };
      }
      if (this.signal.aborted) {
        await this.flush();
        // Calls in progress go on by themselves.
        return waiting(0, true, 'Goes on in another worker.');
      }
      if (this.control.status === 'cancelling') await this.cancel();
      const napMs = await this.begin();
      const report = await this.rest(napMs);
      if (report) return report;
    }
  }

  /** Waits for something to happen. @returns a report when nothing is left to do here */
  private async rest(napMs: number | null): Promise<BatchReport | null> {
    if (this.calls.every(({ status }) => ended.has(status))) {
      await Promise.all(this.lanes.values());
      await this.flush();
      if (await endBatch(this.services, this.row)) return { state: 'ended' };
    }
    // They are written before anything is decided by them.
    if (this.lanes.size === 0 && this.changed.size > 0) return null;
    const isOpen = this.calls.some(({ status }) => status === 'running' || status === 'waiting');
    if (this.lanes.size === 0 && !isOpen) {
      const { status, sample } = this.control;
      if (status === 'paused') return { state: 'ended' };
      const sampled =
        status === 'running' && sample !== null && !this.calls.some((call) => this.isReady(call));
      if (sampled && (await pauseAfterSample(this.services, this.row, sample))) return { state: 'ended' };
    }
    const idle = performance.now() - this.moved;
    if (this.lanes.size === 0 && (idle > idleMs || (napMs ?? 0) > longestNapMs)) {
      const moved = Number.isFinite(idle);
      return napMs === null
        ? waiting(idleMs, moved, 'Waits for calls in progress.')
        : waiting(Math.min(napMs, this.untilDeadlineMs()), true, 'The next call begins later.');
    }
    const timer = new AbortController();
    const tick = this.changed.size > 0 ? flushMs : this.lanes.size > 0 || idle < 1000 ? lookMs : 1000;
    const nap = sleep(Math.min(tick, napMs ?? tick), undefined, { signal: timer.signal });
    await Promise.race([this.wake.promise, nap.catch(() => {})]);
    timer.abort();
    this.wake = Promise.withResolvers();
    return null;
  }

  /** Reads how the batch goes on, and what has become of calls that are made elsewhere. @returns false: it is not this round's any more */
  private async look(): Promise<boolean> {
    const open = this.calls.filter(
      (call) => call.executionId !== null && !ended.has(call.status) && !this.lanes.has(call),
    );
    const { control, outcomes } = await this.inTenant(async (connection) => ({
      control: await readControl(connection, this.row.id),
      outcomes: await readOutcomes(
        connection,
        open.map(({ executionId }) => executionId!),
      ),
    }));
    if (!control || control.round !== this.row.round) return false;
    this.control = control;
    const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
    for (const call of open) {
      const outcome = byId.get(call.executionId!);
      if (outcome) this.set(call, outcomeOf(outcome));
    }
    return true;
  }

  /** Calls that will not be made: what they need has not succeeded, the batch has stopped, or its time is over. */
  private skipWhatCannotRun(): void {
    const stopped = this.stopped();
    for (let again = true; again; ) {
      again = false;
      for (const call of this.calls) {
        if (call.status !== 'pending' || this.lanes.has(call)) continue;
        const failure = stopped ?? this.unmetNeed(call);
        if (!failure) continue;
        this.set(call, { status: 'skipped', executionId: null, failure });
        again = true;
      }
    }
  }

  /** Why no further call begins. */
  private stopped(): CallFailure | null {
    const { on_failure: onFailure, deadline_at: deadline } = this.row;
    const failed = onFailure !== 'continue' && this.calls.find(({ status }) => status === 'failed');
    if (failed) return { code: 'stopped', message: `Not started, because ${failed.id} failed.` };
    return deadline && deadline.getTime() <= Date.now()
      ? { code: 'deadline', message: 'Not started before the deadline of the batch.' }
      : null;
  }

  private untilDeadlineMs(): number {
    const { deadline_at: deadline } = this.row;
    return deadline ? Math.max(0, deadline.getTime() - Date.now()) : Number.POSITIVE_INFINITY;
  }

  /** A call with a condition decides for itself. */
  private unmetNeed({ needs, when }: Call): CallFailure | null {
    if (when !== null) return null;
    const unmet = needs.find((id) => {
      const { status } = this.byId.get(id)!;
      return ended.has(status) && status !== 'succeeded';
    });
    return unmet === undefined
      ? null
      : { code: 'dependency', message: `Not started, because ${unmet} has not succeeded.` };
  }

  /** Begins as many calls as there is room for. @returns milliseconds until the next one may begin; null: that depends on others */
  private async begin(): Promise<number | null> {
    if (this.control.status !== 'running') return null;
    const { concurrency, per_minute: perMinute } = this.row;
    const busy = this.calls.filter(({ status }) => status === 'running').length;
    const begun = [...this.lanes.keys()].filter(({ status }) => status === 'pending').length;
    let room = Math.min(concurrency - busy, maxPreparing) - begun;
    for (const call of this.calls) {
      if (room <= 0) return null;
      if (!this.isReady(call)) continue;
      const wait = this.nextStart - Date.now();
      if (wait > 0) return wait;
      const identity = await this.identity();
      if (!identity) return null;
      // A call may have failed since those that cannot run were skipped: the next look skips them.
      if (this.stopped() || this.unmetNeed(call)) continue;
      if (perMinute !== null) this.nextStart = Date.now() + 60_000 / perMinute;
      room -= 1;
      this.moved = performance.now();
      const lane = this.make(call, identity).finally(() => {
        this.lanes.delete(call);
        this.moved = performance.now();
        this.wake.resolve();
      });
      this.lanes.set(call, lane);
    }
    return null;
  }

  private isReady(call: Call): boolean {
    const { sample } = this.control;
    return (
      call.status === 'pending' &&
      !this.lanes.has(call) &&
      (sample === null || call.position < sample) &&
      call.needs.every((id) => ended.has(this.byId.get(id)!.status))
    );
  }

  /** With the rights of now. Null: they may not, so the batch is paused. */
  private async identity(): Promise<Identity | null> {
    if (this.who && this.who.until > performance.now()) return this.who.identity;
    const found = await identityNow(this.services.accounts, this.row.tenant_id, runByOf(this.control));
    if ('refused' in found) {
      await pauseFor(this.services, this.row, found.refused);
      this.control = { ...this.control, status: 'paused' };
      return null;
    }
    this.who = { identity: found, until: performance.now() + identityMs };
    return found;
  }

  /** Makes one call. It never rejects. */
  private async make(call: Call, identity: Identity): Promise<void> {
    try {
      const made = await this.outcome(call, identity);
      if (made) this.set(call, made);
    } catch (error) {
      this.broken ??= { error };
    }
  }

  /** Null: it has not begun, and may later. */
  private async outcome(call: Call, identity: Identity): Promise<Made | null> {
    const { id, exception_id: exceptionId } = this.row;
    const found =
      call.needs.length === 0 ? await this.resolve(call) : await this.scopes(() => this.resolve(call));
    if ('status' in found) return found;
    const { payload } = found;
    while (this.control.status === 'running' && !this.signal.aborted) {
      try {
        const execution = await withOrigin(originOfBatch(this.control), () =>
          this.services.executor.execute({
            identity,
            toolId: call.toolId,
            payload,
            ...(exceptionId !== null && { exceptionId }),
            ...(call.digest !== null && { previewDigest: call.digest }),
            idempotencyKey: this.keyOf(call),
            ofBatch: {
              onWritten: (executionId) => this.set(call, { status: 'running', executionId, failure: null }),
            },
            requestId: id,
          }),
        );
        return madeBy(execution);
      } catch (error) {
        if (!(error instanceof InterlockError) || error.code === 'internal') throw error;
        if (!passing.has(error.code)) return notMade('failed', error.code, wordsOf(error));
        const waitMs = Math.min(longestRetryMs, (error.retryAfterSeconds ?? 1) * 1000);
        // At random, so that calls that were turned away together do not come back together.
        await sleep(waitMs * (0.5 + Math.random() / 2), undefined, { ref: false });
      }
    }
    return null;
  }

  /** The payload of a call; or why it is not made. */
  private async resolve(call: Call): Promise<{ payload: JsonValue } | Made> {
    const tenantId = this.row.tenant_id;
    try {
      const scope = await this.scopeOf(call);
      if (call.when !== null && !(await evaluateCondition(call.when, scope, '/when', tenantId)))
        return notMade('skipped', 'condition', 'Its condition is not met.');
      return { payload: (await resolveTemplate(call.payload, scope, '/payload', tenantId)) ?? {} };
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return notMade('failed', 'invalid_input', `${error.path}: ${error.message}. Nothing was sent.`);
    }
  }

  /** What the expressions of a call see: the calls that it needs, with redacted outputs. */
  private async scopeOf({ needs }: Call): Promise<{ calls: JsonObject }> {
    const made = needs.flatMap((id) => this.byId.get(id)!.executionId ?? []);
    const known = new Map(made.map((id) => [id, this.outputs.get(id)]));
    const unread = made.filter((id) => known.get(id) === undefined);
    if (unread.length > 0) {
      const longest = Math.min(longestOutput, Math.floor(scopeBytes / made.length));
      const { values: read } = await this.inTenant((connection) =>
        readPayloads(connection, 'output', unread, longest),
      );
      for (const id of unread) {
        const output = read.get(id);
        known.set(id, output);
        // One that is too long here may not be too long for a call that uses fewer.
        if (output) this.outputs.set(id, output);
      }
    }
    const calls = needs.map((id): [string, JsonValue] => {
      const { status, executionId, failure } = this.byId.get(id)!;
      const output = executionId === null ? null : (known.get(executionId)?.value ?? null);
      return [id, { status, output, executionId, failure: failure && { ...failure } }];
    });
    return { calls: Object.fromEntries(calls) };
  }

  private keyOf({ id, key, attempt }: Call): string {
    if (key === null) return `batch/${this.row.id}/${id}/${attempt}`;
    return attempt === 0 ? key : `${key}/${attempt}`;
  }

  /** Ends what has not begun, and asks every call in progress to end. */
  private async cancel(): Promise<void> {
    const left = this.calls.filter((call) => call.status === 'pending' && !this.lanes.has(call));
    for (const call of left)
      this.set(call, notMade('cancelled', 'cancelled', 'The batch was cancelled before it began.'));
    const open = this.calls.flatMap(({ status, executionId }) =>
      !ended.has(status) && executionId !== null && !this.cancelled.has(executionId) ? [executionId] : [],
    );
    for (const id of open) this.cancelled.add(id);
    await withOrigin(originOfBatch(this.control), () =>
      cancelLeft(this.services, this.row, runByOf(this.control), open),
    );
  }

  private set(call: Call, { status, executionId, failure }: Made): void {
    if (call.status === status && call.executionId === executionId) return;
    Object.assign(call, { status, executionId: executionId ?? call.executionId, failure });
    if (ended.has(status)) call.payload = null;
    this.changed.add(call);
    this.moved = performance.now();
    this.wake.resolve();
  }

  private async flush(): Promise<void> {
    this.flushed = performance.now();
    if (this.changed.size === 0) return;
    const changes = [...this.changed].map(({ position, attempt, status, executionId, failure }) => ({
      position,
      attempt,
      status,
      executionId,
      failure,
    }));
    this.changed.clear();
    await this.inTenant((connection) => writeCalls(connection, this.row.id, changes));
  }

  private inTenant<T>(work: Parameters<typeof this.services.db.tenant<T>>[1]): Promise<T> {
    return this.services.db.tenant(this.row.tenant_id, work);
  }
}

const waiting = (afterMs: number, moved: boolean, message: string): BatchReport => ({
  state: 'waiting',
  afterMs: Math.ceil(afterMs),
  moved,
  message,
});

/** What has become of a call. */
interface Made {
  status: BatchCallStatus;
  executionId: string | null;
  failure: CallFailure | null;
}

const notMade = (status: BatchCallStatus, code: string, message: string): Made => ({
  status,
  executionId: null,
  failure: { code, message },
});

function madeBy({ id, status, failure, approval }: Execution): Made {
  return {
    status: status === 'requested' || status === 'running' ? openStatus(approval?.status) : status,
    executionId: id,
    failure: failure ? { code: failure.code, message: failure.message } : null,
  };
}

function outcomeOf(row: Outcome): Made {
  const { status, failure_code: code, error_message: message, failure_reason: reason } = row;
  return {
    status: status === 'requested' || status === 'running' ? openStatus(row.approval_status) : status,
    executionId: row.id,
    failure:
      status === 'failed' && code ? { code, message: inFull({ message: message ?? '', reason }) } : null,
  };
}

const openStatus = (approval: string | null | undefined): BatchCallStatus =>
  approval === 'waiting' ? 'waiting' : 'running';

const wordsOf = ({ message, issues }: InterlockError): string =>
  issues?.length
    ? `${message} ${issues
        .slice(0, 5)
        .map((issue) => `${issue.path} ${issue.message}`)
        .join('; ')}.`
    : message;
