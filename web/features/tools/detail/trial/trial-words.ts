import type { Outputs } from '../../../../api/trpc.ts';
import type { StatusKind } from '../../../../kit/status.tsx';

export type ComparedTrial = NonNullable<Outputs['trials']['get']['trial']>;
export type Trial = Outputs['trials']['list']['items'][number];

export const trialShown: Record<Trial['status'], { kind: StatusKind; word: string }> = {
  running: { kind: 'running', word: 'Running' },
  promoted: { kind: 'succeeded', word: 'Promoted' },
  stopped: { kind: 'cancelled', word: 'Stopped' },
  stopped_automatically: { kind: 'failed', word: 'Stopped by itself' },
};
