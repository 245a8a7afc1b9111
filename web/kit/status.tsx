import {
  Ban,
  Circle,
  CircleCheck,
  CirclePause,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  Clock,
  Hand,
  LoaderCircle,
} from 'lucide-solid';
import { t } from '../words/words.ts';
import { announceChanges } from './announcer.tsx';
import type { Icon } from './button.tsx';
import { StillIcon } from './still-icon.tsx';

/** The states that people must be able to tell apart. An unknown outcome is not a failure. */
export type StatusKind =
  | 'requested'
  | 'running'
  | 'succeeded'
  | 'failed'
  | 'unknown'
  | 'waiting'
  | 'cancelled'
  | 'skipped'
  | 'pending'
  | 'paused';

const kinds: Record<StatusKind, { word: string; icon: Icon; colour: string }> = {
  requested: { word: t('Requested'), icon: Clock, colour: 'text-requested' },
  running: { word: t('Running'), icon: LoaderCircle, colour: 'text-running' },
  succeeded: { word: t('Succeeded'), icon: CircleCheck, colour: 'text-succeeded' },
  failed: { word: t('Failed'), icon: CircleX, colour: 'text-failed' },
  unknown: { word: t('Outcome unknown'), icon: CircleQuestionMark, colour: 'text-unknown' },
  waiting: { word: t('Waiting'), icon: Hand, colour: 'text-waiting' },
  cancelled: { word: t('Cancelled'), icon: Ban, colour: 'text-cancelled' },
  skipped: { word: t('Skipped'), icon: CircleSlash, colour: 'text-cancelled' },
  pending: { word: t('Not reached'), icon: Circle, colour: 'text-requested' },
  paused: { word: t('Paused'), icon: CirclePause, colour: 'text-requested' },
};

export const statusWord = (kind: StatusKind): string => kinds[kind].word;

/**
 * A status as icon, word and colour. Only running work is animated.
 * @param props.announced what it is the status of: screen readers say it when it changes. For the one that a page is about.
 */
export function Status(props: {
  kind: StatusKind;
  word?: string | undefined;
  size?: number;
  announced?: string | undefined;
}) {
  const word = () => props.word ?? kinds[props.kind].word;
  if (props.announced !== undefined) announceChanges(() => `${props.announced}: ${word()}`);
  return (
    <span
      class={`inline-flex items-center gap-1.5 whitespace-nowrap align-bottom ${kinds[props.kind].colour}`}
    >
      <StillIcon
        icon={kinds[props.kind].icon}
        size={props.size ?? 14}
        class={props.kind === 'running' ? 'animate-running shrink-0' : 'shrink-0'}
      />
      <span>{word()}</span>
    </span>
  );
}
