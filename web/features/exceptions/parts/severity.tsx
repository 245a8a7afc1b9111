import {
  ChevronDown,
  ChevronsUp,
  CircleCheck,
  CircleDot,
  CircleDotDashed,
  Equal,
  OctagonAlert,
} from 'lucide-solid';
import type {
  ExceptionStatus,
  Severity as SeverityName,
} from '../../../../shared/exceptions/exception-schemas.ts';
import type { Icon } from '../../../kit/button.tsx';
import { StillIcon } from '../../../kit/still-icon.tsx';
import { severityWords, statusWords } from './exception-words.ts';

interface Mark {
  icon: Icon;
  colour: string;
}

const severityMarks: Record<SeverityName, Mark> = {
  critical: { icon: OctagonAlert, colour: 'text-failed' },
  high: { icon: ChevronsUp, colour: 'text-unknown' },
  medium: { icon: Equal, colour: 'text-text' },
  low: { icon: ChevronDown, colour: 'text-muted' },
};

const statusMarks: Record<ExceptionStatus, Mark> = {
  open: { icon: CircleDotDashed, colour: 'text-requested' },
  in_progress: { icon: CircleDot, colour: 'text-running' },
  resolved: { icon: CircleCheck, colour: 'text-succeeded' },
};

export const Severity = (props: { severity: SeverityName }) => (
  <Marked {...severityMarks[props.severity]} word={severityWords[props.severity]} />
);

/** Its word is for screen readers and the pointer. */
export const SeverityIcon = (props: { severity: SeverityName }) => (
  <span
    title={severityWords[props.severity]}
    class={`inline-flex h-5 shrink-0 items-center ${severityMarks[props.severity].colour}`}
  >
    <StillIcon icon={severityMarks[props.severity].icon} size={13} />
    <span class="sr-only">{severityWords[props.severity]}</span>
  </span>
);

export const ExceptionStatusMark = (props: { status: ExceptionStatus }) => (
  <Marked {...statusMarks[props.status]} word={statusWords[props.status]} />
);

/** Icon, word and colour. */
function Marked(props: Mark & { word: string }) {
  return (
    <span class={`inline-flex items-center gap-1.5 whitespace-nowrap align-bottom ${props.colour}`}>
      <StillIcon icon={props.icon} size={14} />
      <span>{props.word}</span>
    </span>
  );
}
