import type { LinkProps } from '@tanstack/solid-router';
import type {
  Overlap,
  ScheduleRunStatus,
  ScheduleStatus,
  TargetKind,
} from '../../../../shared/schedules/schedule-schemas.ts';
import type { Outputs } from '../../../api/trpc.ts';
import type { StatusKind } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';

export type Schedule = Outputs['schedules']['get'];
export type ScheduleRow = Outputs['schedules']['list']['items'][number];
export type ScheduleRun = Schedule['runs'][number];

interface Shown {
  kind: StatusKind;
  word?: string;
}

export const scheduleShown: Record<ScheduleStatus, Shown> = {
  active: { kind: 'requested', word: t('Active') },
  paused: { kind: 'paused' },
  ended: { kind: 'succeeded', word: t('Ended') },
  archived: { kind: 'cancelled', word: t('Archived') },
};

export const runShown: Record<ScheduleRunStatus, Shown> = {
  starting: { kind: 'requested', word: t('Starting') },
  running: { kind: 'running' },
  succeeded: { kind: 'succeeded' },
  failed: { kind: 'failed' },
  cancelled: { kind: 'cancelled' },
  refused: { kind: 'failed', word: t('Refused') },
};

export const kindWords: Record<TargetKind, string> = {
  tool: t('Tool'),
  playbook: t('Playbook'),
  batch: t('Batch'),
};

export const overlapWords: Record<Overlap, string> = {
  skip: t('Leave it out'),
  buffer_one: t('Begin once it has ended, one at most'),
  buffer_all: t('Begin one after the other'),
  cancel_other: t('Cancel the one before'),
  allow_all: t('Begin beside it'),
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
