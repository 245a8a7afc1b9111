import {
  Ban,
  Bell,
  BookOpen,
  ChevronRight,
  CircleCheck,
  CircleDot,
  CircleQuestionMark,
  CircleX,
  Hand,
  Layers,
  Link2,
  ListChecks,
  MessageSquare,
  Paperclip,
  Pencil,
  Play,
  RotateCcw,
  UserRound,
  Webhook,
} from 'lucide-solid';
import { For, Match, Show, Switch } from 'solid-js';
import type { Icon } from '../../../kit/button.tsx';
import { CommentText } from '../parts/comment-text.tsx';
import { eventDid, eventNote, eventTail } from '../parts/event-words.ts';
import { ExecutionRow } from './execution-row.tsx';
import { ClockTime, RowFrame } from './row-frame.tsx';
import { deliveryWords, type EventItem, type TimelineItem } from './timeline-items.ts';

type Of<Kind extends TimelineItem['kind']> = TimelineItem & { kind: Kind };

interface RowProps {
  item: TimelineItem;
  /** The item is the first of these deliveries. */
  deliveries?: readonly EventItem[] | undefined;
  tenant: string;
  open: boolean;
  onToggle: () => void;
  onStep: (runId: string, stepId: string) => void;
}

/** One item of the timeline. */
export function TimelineRow(props: RowProps) {
  const of = <Kind extends TimelineItem['kind']>(kind: Kind): Of<Kind> | undefined =>
    props.item.kind === kind ? (props.item as Of<Kind>) : undefined;
  return (
    <Switch>
      <Match when={props.deliveries}>
        {(group) => <DeliveriesRow group={group()} open={props.open} onToggle={props.onToggle} />}
      </Match>
      <Match when={of('comment')}>{(item) => <CommentRow item={item()} />}</Match>
      <Match when={of('tool_run')}>{(item) => <ExecutionRow {...props} item={item()} />}</Match>
      <Match when={of('step')}>{(item) => <StepRow item={item()} onStep={props.onStep} />}</Match>
      <Match when={of('event')}>{(item) => <EventRow item={item()} />}</Match>
    </Switch>
  );
}

function CommentRow(props: { item: Of<'comment'> }) {
  return (
    <RowFrame
      icon={MessageSquare}
      colour="text-accent"
      at={props.item.at}
      more={<CommentText comment={props.item.comment} class="mt-0.5 mb-1" />}
    >
      <span class="font-medium">{props.item.comment.author.name}</span>
    </RowFrame>
  );
}

const marks: Record<string, { icon: Icon; colour?: string }> = {
  ExceptionAssigned: { icon: UserRound },
  ExceptionUpdated: { icon: Pencil },
  ExceptionLinked: { icon: Link2 },
  ExceptionUnlinked: { icon: Link2 },
  ExceptionAttachmentAdded: { icon: Paperclip },
  ExceptionAttachmentRemoved: { icon: Paperclip },
  ExceptionResolved: { icon: CircleCheck, colour: 'text-succeeded' },
  ExceptionReopened: { icon: RotateCcw },
  ExceptionRuleApplied: { icon: ListChecks },
  ExceptionRuleFailed: { icon: ListChecks, colour: 'text-failed' },
  PlaybookRunStarted: { icon: BookOpen },
  PlaybookRunCompleted: { icon: BookOpen, colour: 'text-succeeded' },
  PlaybookRunFailed: { icon: BookOpen, colour: 'text-failed' },
  PlaybookRunCancelled: { icon: Ban, colour: 'text-cancelled' },
  BatchStarted: { icon: Layers },
  BatchPaused: { icon: Layers, colour: 'text-waiting' },
  BatchResumed: { icon: Layers },
  BatchRetried: { icon: Layers },
  BatchCancelRequested: { icon: Ban, colour: 'text-cancelled' },
  BatchEnded: { icon: Layers },
  NoticeSent: { icon: Bell },
  StepOpened: { icon: Hand, colour: 'text-waiting' },
  StepReminded: { icon: Bell },
  StepEscalated: { icon: Bell, colour: 'text-unknown' },
  StepApproved: { icon: CircleCheck, colour: 'text-succeeded' },
  StepApprovalWithdrawn: { icon: RotateCcw },
  StepRejected: { icon: CircleX, colour: 'text-failed' },
  StepStarted: { icon: Play },
  StepCompleted: { icon: CircleCheck, colour: 'text-succeeded' },
  StepSkipped: { icon: Ban, colour: 'text-cancelled' },
  StepFailed: { icon: CircleX, colour: 'text-failed' },
  StepOutcomeUnknown: { icon: CircleQuestionMark, colour: 'text-unknown' },
  StepCompletionRefused: { icon: CircleX },
};
const markOf = (type: string) => marks[type] ?? { icon: CircleDot };

function EventRow(props: { item: Of<'event'> }) {
  const event = () => props.item.event;
  return (
    <RowFrame {...markOf(event().type)} at={props.item.at} more={<Note data={event().data} />}>
      <span class="text-muted">
        <span class="text-text">{event().actor.name}</span> {eventDid(event().type, event().data)}
      </span>
    </RowFrame>
  );
}

/** Deliveries of one webhook that follow each other; each is shown when it is opened. */
function DeliveriesRow(props: { group: readonly EventItem[]; open: boolean; onToggle: () => void }) {
  const last = () => props.group.at(-1);
  return (
    <RowFrame
      icon={Webhook}
      at={last()?.at ?? ''}
      more={
        <Show when={props.open}>
          <ul class="mt-1 mb-1 border-l pl-3">
            <For each={props.group}>
              {({ at, event }) => (
                <li class="flex items-baseline gap-3 py-0.5 text-muted text-sm">
                  <span class="min-w-0 flex-1 break-words">
                    {text(event.data.event) ?? eventDid(event.type, event.data)}
                  </span>
                  <ClockTime at={at} />
                </li>
              )}
            </For>
          </ul>
        </Show>
      }
    >
      <button
        type="button"
        aria-expanded={props.open}
        onClick={() => props.onToggle()}
        class="inline-flex items-center gap-1 rounded-sm text-left text-muted hover:text-text pointer-coarse:min-h-11"
      >
        {deliveryWords(props.group)}
        <ChevronRight
          size={13}
          aria-hidden="true"
          class="shrink-0 transition-transform"
          classList={{ 'rotate-90': props.open }}
        />
      </button>
    </RowFrame>
  );
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

function StepRow(props: { item: Of<'step'>; onStep: RowProps['onStep'] }) {
  const event = () => props.item.event;
  return (
    <RowFrame {...markOf(event().type)} at={props.item.at} more={<Note data={event().data} />}>
      <span class="text-muted">
        <span class="text-text">{event().actor.name}</span> {eventDid(event().type, event().data)}{' '}
        <button
          type="button"
          onClick={() => props.onStep(props.item.runId, props.item.stepId)}
          class="rounded-sm text-left text-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
        >
          {props.item.title}
        </button>
        <Show when={eventTail(event().type, event().data)}>
          {(tail) => <>{tail().startsWith(':') ? tail() : ` ${tail()}`}</>}
        </Show>
      </span>
    </RowFrame>
  );
}

/** The reason, note or message that someone wrote. */
const Note = (props: { data: Record<string, unknown> }) => (
  <Show when={eventNote(props.data)}>
    {(words) => <p class="mb-0.5 whitespace-pre-wrap break-words">{words()}</p>}
  </Show>
);
