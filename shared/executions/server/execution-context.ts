import { createGate, type Gate } from '../../limits/server/gate.ts';
import { createKeyedDigest, type KeyedDigest } from '../../platform/server/keyed-digest.ts';
import type { ExecutionServices } from './execution-services.ts';
import { createHeadStart, type HeadStart } from './head-start.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import { createOpenPlaces, type OpenPlaces } from './open-places.ts';
import { createOutcomeWaiters, type OutcomeWaiters } from './outcome-waiters.ts';
import { createOwedStarts, type OwedStarts } from './owed-starts.ts';
import { createPreviewLimits, type PreviewLimits } from './preview-limits.ts';
import { createQuietMoments, type QuietMoments } from './quiet-moments.ts';
import { createRunningCalls, type RunningCalls } from './running-calls.ts';
import { createStartPlaces, type StartPlaces } from './start-places.ts';

/**
 * What executing needs on either side of Temporal. The executor and the worker of one process share it, so that
 * neither a first attempt nor its outcome has to travel through Temporal.
 */
export interface ExecutionContext extends ExecutionServices {
  previewLimits: PreviewLimits;
  digest: KeyedDigest;
  inFlight: InFlight;
  gate: Gate;
  open: OpenPlaces;
  starts: StartPlaces;
  waiters: OutcomeWaiters;
  running: RunningCalls;
  headStart: HeadStart;
  owed: OwedStarts;
  quiet: QuietMoments;
}

export function createExecutionContext(services: ExecutionServices): ExecutionContext {
  const { environment, db, log } = services;
  const waiters = createOutcomeWaiters();
  const starts = createStartPlaces(environment.INTERLOCK_STARTS_AT_ONCE);
  return {
    ...services,
    previewLimits: createPreviewLimits(),
    digest: createKeyedDigest(environment.INTERLOCK_AUTH_SECRET),
    inFlight: createInFlight(db, environment.INTERLOCK_TENANT_IN_FLIGHT),
    gate: createGate(db, log),
    open: createOpenPlaces(db, waiters, environment.INTERLOCK_PROCESS_IN_FLIGHT),
    starts,
    waiters,
    running: createRunningCalls(),
    headStart: createHeadStart(),
    owed: createOwedStarts(db, log, environment.INTERLOCK_OWED_STARTS),
    quiet: createQuietMoments(starts.isCrowded),
  };
}
