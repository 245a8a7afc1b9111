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
import { Dynamic } from 'solid-js/web';
import type { Icon } from './button.tsx';

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
  requested: { word: 'Requested', icon: Clock, colour: 'text-requested' },
  running: { word: 'Running', icon: LoaderCircle, colour: 'text-running' },
  succeeded: { word: 'Succeeded', icon: CircleCheck, colour: 'text-succeeded' },
  failed: { word: 'Failed', icon: CircleX, colour: 'text-failed' },
  unknown: { word: 'Outcome unknown', icon: CircleQuestionMark, colour: 'text-unknown' },
  waiting: { word: 'Waiting', icon: Hand, colour: 'text-waiting' },
  cancelled: { word: 'Cancelled', icon: Ban, colour: 'text-cancelled' },
  skipped: { word: 'Skipped', icon: CircleSlash, colour: 'text-cancelled' },
  pending: { word: 'Not reached', icon: Circle, colour: 'text-requested' },
  paused: { word: 'Paused', icon: CirclePause, colour: 'text-requested' },
};

export const statusWord = (kind: StatusKind): string => kinds[kind].word;

/** A status as icon, word and colour. Only running work is animated. */
export function Status(props: { kind: StatusKind; word?: string | undefined; size?: number }) {
  return (
    <span
      class={`inline-flex items-center gap-1.5 whitespace-nowrap align-bottom ${kinds[props.kind].colour}`}
    >
      <Dynamic
        component={kinds[props.kind].icon}
        size={props.size ?? 14}
        aria-hidden="true"
        class={props.kind === 'running' ? 'animate-running shrink-0' : 'shrink-0'}
      />
      <span>{props.word ?? kinds[props.kind].word}</span>
    </span>
  );
}
