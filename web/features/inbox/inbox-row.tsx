import { Show } from 'solid-js';
import type { Outputs } from '../../api/trpc.ts';
import { Due } from '../../kit/due.tsx';
import { Status } from '../../kit/status.tsx';
import { stepKind } from '../playbooks/parts/step-kind.ts';

/** One waiting step: title, due date, exception and who it waits for. */
export function InboxRow(props: {
  item: Outputs['inbox']['list']['items'][number];
  /** False: it was completed while it was on screen. */
  waiting: boolean;
  selected: boolean;
  onOpen: () => void;
}) {
  const step = () => props.item.step;
  return (
    <li>
      <button
        type="button"
        onClick={() => props.onOpen()}
        aria-current={props.selected ? 'true' : undefined}
        class="flex w-full flex-col gap-0.5 border-b px-4 py-2 text-left hover:bg-hover aria-current:bg-rail-active"
      >
        <span class="flex w-full items-center gap-2">
          <Status kind={stepKind(step())} word="" />
          <span class="min-w-0 flex-1 truncate font-medium">{step().title}</span>
          <span class="shrink-0 text-sm">
            <Due at={step().dueAt} prefix="due " none="No due date" />
          </span>
        </span>
        <span class="flex w-full gap-2 pl-7 text-muted text-sm">
          <span class="min-w-0 flex-1 truncate">
            <Show when={props.item.exception} fallback={props.item.run.playbookTitle}>
              {(exception) => `EX-${exception().number} ${exception().title}`}
            </Show>
          </span>
          <span class="shrink-0">
            <Show when={props.waiting} fallback="No longer waiting">
              {step().status === 'outcome_unknown' ? 'Outcome unknown · ' : step().failure ? 'Failed · ' : ''}
              {step().claimedBy ? `Claimed by ${step().claimedBy?.name}` : step().waitingOn}
            </Show>
          </span>
        </span>
      </button>
    </li>
  );
}
