import type { Outputs } from '../../../../api/trpc.ts';
import type { StatusKind } from '../../../../kit/status.tsx';
import { t } from '../../../../words/words.ts';

export type ComparedTrial = NonNullable<Outputs['trials']['get']['trial']>;
export type Trial = Outputs['trials']['list']['items'][number];

export const trialShown: Record<Trial['status'], { kind: StatusKind; word: string }> = {
  running: { kind: 'running', word: t('Running') },
  promoted: { kind: 'succeeded', word: t('Promoted') },
  stopped: { kind: 'cancelled', word: t('Stopped') },
  stopped_automatically: { kind: 'failed', word: t('Stopped by itself') },
};
