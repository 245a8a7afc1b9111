import { createSignal, onCleanup, Show } from 'solid-js';
import { useMe } from '../../api/me.ts';
import { useQuery } from '../../api/query.ts';
import { queries } from '../../api/trpc.ts';
import { Due } from '../../kit/due.tsx';
import { RelativeTime } from '../../kit/relative-time.tsx';
import { Status } from '../../kit/status.tsx';
import { whoWords } from '../../shell/role-words.ts';
import { rich, t } from '../../words/words.ts';
import { SeverityIcon } from '../exceptions/parts/severity.tsx';
import { stepKind } from '../playbooks/parts/step-kind.ts';
import { severityOf } from './inbox-groups.ts';
import { type Item, refOf, type StepRef, stepItem } from './inbox-rows.ts';

/** What a row shows of a step or an execution. */
function shownOf(item: Item) {
  if ('execution' in item) {
    const { toolTitle, dueAt, actor, reason, waitingOn } = item.execution;
    return {
      kind: 'waiting' as const,
      title: t`Approve ${toolTitle}`,
      dueAt,
      prefix: t('expires '),
      about: `${actor.name}: ${reason}`,
      who: waitingOn && whoWords(waitingOn),
    };
  }
  const { step, run } = item;
  const state =
    step.status === 'outcome_unknown' ? t('Outcome unknown · ') : step.failure ? t('Failed · ') : '';
  return {
    kind: stepKind(step),
    title: step.title,
    dueAt: step.dueAt,
    prefix: t('due '),
    about: run.playbookTitle,
    who: `${state}${step.claimedBy ? t`Claimed by ${step.claimedBy.name}` : whoWords(step.waitingOn ?? '')}`,
  };
}

/** How long a finger rests on a row that it picks. */
const longPressMs = 500;

/** One waiting step or execution: title, due date, exception and who it waits for. */
export function InboxRow(props: {
  item: Item;
  /** False: someone has acted on it while it was on screen. */
  waiting: boolean;
  selected: boolean;
  /** Whether it is picked, to be acted on with others; undefined: it cannot be. */
  picked: boolean | undefined;
  /** Rows are being picked: a press picks, and every row shows whether it is. */
  picking: boolean;
  onOpen: () => void;
  /** @param range from the row that was picked before */
  onPick: (range: boolean) => void;
}) {
  const shown = () => shownOf(props.item);
  const canPick = () => props.picked !== undefined;
  const [pressed, setPressed] = createSignal(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const lift = () => clearTimeout(timer);
  onCleanup(lift);
  return (
    <li class="group relative">
      <Show when={canPick()}>
        <label
          class="absolute top-1 left-1.5 z-1 flex size-7 cursor-pointer items-center justify-center pointer-coarse:top-2 pointer-coarse:left-0 pointer-coarse:size-10"
          classList={{ 'pointer-coarse:hidden': !props.picking }}
        >
          <span class="sr-only">{t`Select ${shown().title}`}</span>
          <input
            type="checkbox"
            checked={props.picked}
            onClick={(event) => {
              props.onPick(event.shiftKey);
              // A range picks a row that was picked already, which the browser has just unchecked.
              event.currentTarget.checked = props.picked ?? false;
            }}
            class="size-3.5 accent-accent-fill opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:size-5 pointer-coarse:opacity-100"
            classList={{ 'opacity-100': props.picking }}
          />
        </label>
      </Show>
      <button
        type="button"
        onClick={(event) => {
          if (pressed()) return void setPressed(false);
          if (canPick() && (event.shiftKey || (props.picking && isTouch()))) props.onPick(event.shiftKey);
          else props.onOpen();
        }}
        onPointerDown={(event) => {
          setPressed(false);
          if (event.pointerType === 'mouse' || !canPick()) return;
          timer = setTimeout(() => {
            setPressed(true);
            props.onPick(false);
          }, longPressMs);
        }}
        onPointerUp={lift}
        onPointerMove={(event) => Math.abs(event.movementX) + Math.abs(event.movementY) > 3 && lift()}
        onPointerCancel={lift}
        onContextMenu={(event) => pressed() && event.preventDefault()}
        aria-current={props.selected ? 'true' : undefined}
        class="flex w-full flex-col gap-0.5 border-b py-2 pr-4 pl-9 text-left select-none hover:bg-hover aria-current:bg-rail-active pointer-coarse:pl-4"
        classList={{ 'pointer-coarse:pl-10': props.picking, 'bg-hover': props.picked === true }}
      >
        <span class="flex w-full items-center gap-2">
          <Status kind={shown().kind} word="" />
          <span class="min-w-0 flex-1 truncate font-medium" classList={{ 'text-muted': !props.waiting }}>
            {shown().title}
          </span>
          <span class="shrink-0 text-sm">
            <Show when={props.waiting}>
              <Due at={shown().dueAt} prefix={shown().prefix} none={t('No due date')} />
            </Show>
          </span>
        </span>
        <span class="flex w-full gap-2 pl-7 text-muted text-sm">
          <Show when={severityOf(props.item)}>{(severity) => <SeverityIcon severity={severity()} />}</Show>
          <span class="min-w-0 flex-1 truncate">
            <Show when={props.item.exception} fallback={shown().about}>
              {(exception) => `EX-${exception().number} ${exception().title}`}
            </Show>
          </span>
          <span class="shrink-0">
            <Show when={props.waiting} fallback={<WhatHappened item={props.item} />}>
              {shown().who}
            </Show>
          </span>
        </span>
      </button>
    </li>
  );
}

const isTouch = () => matchMedia('(pointer: coarse)').matches;

/** Who has acted on a step that no longer waits: "Ana completed it 5 s ago". */
const WhatHappened = (props: { item: Item }) => (
  <Show when={stepItem(props.item)} fallback={t('No longer waiting')}>
    {(item) => <OfStep of={refOf(item())} />}
  </Show>
);

function OfStep(props: { of: StepRef }) {
  const me = useMe();
  const step = useQuery(() => queries.runs.step({ id: props.of.runId, stepId: props.of.stepId }));
  const done = () =>
    step.isSuccess && step.data.completedBy && step.data.completedAt ? step.data : undefined;
  const claimed = () => (step.isSuccess ? step.data.claimedBy : null);
  const who = (by: { id: string; name: string }) => (by.id === me()?.actor.id ? t('You') : by.name);
  return (
    <Show
      when={done()}
      fallback={
        <Show when={claimed()} fallback={t('No longer waiting')}>
          {(by) => rich`${() => who(by())} claimed it ${<RelativeTime at={by().at} />}`}
        </Show>
      }
    >
      {(ended) =>
        rich`${() => who(ended().completedBy!)} completed it ${<RelativeTime at={ended().completedAt} />}`
      }
    </Show>
  );
}
