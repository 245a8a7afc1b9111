import type { LinkProps } from '@tanstack/solid-router';
import type {
  Overlap,
  ScheduleRunStatus,
  ScheduleStatus,
  TargetKind,
} from '../../../../shared/schedules/schedule-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import type { StatusKind } from '../../../kit/status.tsx';

export type Schedule = Outputs['schedules']['get'];
export type ScheduleRow = Outputs['schedules']['list']['items'][number];
export type ScheduleRun = Schedule['runs'][number];

interface Shown {
  kind: StatusKind;
  word?: string;
}

export const scheduleShown: Record<ScheduleStatus, Shown> = {
  active: { kind: 'requested', word: 'Active' },
  paused: { kind: 'paused' },
  ended: { kind: 'succeeded', word: 'Ended' },
  archived: { kind: 'cancelled', word: 'Archived' },
};

export const runShown: Record<ScheduleRunStatus, Shown> = {
  starting: { kind: 'requested', word: 'Starting' },
  running: { kind: 'running' },
  succeeded: { kind: 'succeeded' },
  failed: { kind: 'failed' },
  cancelled: { kind: 'cancelled' },
  refused: { kind: 'failed', word: 'Refused' },
};

export const kindWords: Record<TargetKind, string> = { tool: 'Tool', playbook: 'Playbook', batch: 'Batch' };

export const overlapWords: Record<Overlap, string> = {
  skip: 'Leave it out',
  buffer_one: 'Begin once it has ended, one at most',
  buffer_all: 'Begin one after the other',
  cancel_other: 'Cancel the one before',
  allow_all: 'Begin beside it',
};

/** The page of what a run has started. */
export function startedLink(tenant: string, { type, id }: NonNullable<ScheduleRun['started']>): LinkProps {
  const links = {
    execution: { to: '/t/$tenant/executions/$executionId', params: { tenant, executionId: id } },
    run: { to: '/t/$tenant/playbook-runs/$runId', params: { tenant, runId: id } },
    batch: { to: '/t/$tenant/batches/$batchId', params: { tenant, batchId: id } },
  } as const satisfies Record<typeof type, LinkProps>;
  return links[type];
}
