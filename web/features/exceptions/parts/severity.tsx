import {
  ChevronDown,
  ChevronsUp,
  CircleCheck,
  CircleDot,
  CircleDotDashed,
  Equal,
  OctagonAlert,
} from 'lucide-solid';
import { Dynamic } from 'solid-js/web';
import type {
  ExceptionStatus,
  Severity as SeverityName,
} from '../../../../shared/exceptions/exception-schemas.ts';
import type { Icon } from '../../../kit/button.tsx';
import { statusWords } from './exception-words.ts';

interface Mark {
  word: string;
  icon: Icon;
  colour: string;
}

const severityMarks: Record<SeverityName, Mark> = {
  critical: { word: 'Critical', icon: OctagonAlert, colour: 'text-failed' },
  high: { word: 'High', icon: ChevronsUp, colour: 'text-unknown' },
  medium: { word: 'Medium', icon: Equal, colour: 'text-text' },
  low: { word: 'Low', icon: ChevronDown, colour: 'text-muted' },
};

const statusMarks: Record<ExceptionStatus, Omit<Mark, 'word'>> = {
  open: { icon: CircleDotDashed, colour: 'text-requested' },
  in_progress: { icon: CircleDot, colour: 'text-running' },
  resolved: { icon: CircleCheck, colour: 'text-succeeded' },
};

export const severityWord = (severity: SeverityName): string => severityMarks[severity].word;

export const Severity = (props: { severity: SeverityName }) => <Marked {...severityMarks[props.severity]} />;

/** Its word is for screen readers and the pointer. */
export const SeverityIcon = (props: { severity: SeverityName }) => (
  <span
    title={severityWord(props.severity)}
    class={`inline-flex h-5 shrink-0 items-center ${severityMarks[props.severity].colour}`}
  >
    <Dynamic component={severityMarks[props.severity].icon} size={13} aria-hidden="true" />
    <span class="sr-only">{severityWord(props.severity)}</span>
  </span>
);

export const ExceptionStatusMark = (props: { status: ExceptionStatus }) => (
  <Marked {...statusMarks[props.status]} word={statusWords[props.status]} />
);

/** Icon, word and colour. */
function Marked(props: Mark) {
  return (
    <span class={`inline-flex items-center gap-1.5 whitespace-nowrap align-bottom ${props.colour}`}>
      <Dynamic component={props.icon} size={14} aria-hidden="true" class="shrink-0" />
      <span>{props.word}</span>
    </span>
  );
}
