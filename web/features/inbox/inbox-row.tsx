import { Show } from 'solid-js';
import type { Outputs } from '../../api/trpc.ts';
import { RelativeTime, useNow } from '../../kit/relative-time.tsx';
import { Status, stepKind } from '../../kit/status.tsx';

/** One waiting step: what, of which case, since when, until when. */
export function InboxRow(props: {
  item: Outputs['inbox']['list']['items'][number];
  selected: boolean;
  onOpen: () => void;
}) {
  const now = useNow();
  const step = () => props.item.step;
  const late = () => step().dueAt !== null && Date.parse(step().dueAt ?? '') < now();
  let button: HTMLButtonElement | undefined;
  return (
    <li>
      <button
        ref={button}
        type="button"
        onClick={() => props.onOpen()}
        aria-current={props.selected ? 'true' : undefined}
        class="flex w-full flex-col gap-0.5 border-b px-4 py-2 text-left hover:bg-hover aria-current:bg-rail-active"
      >
        <span class="flex w-full items-center gap-2">
          <Status kind={stepKind(step())} word="" />
          <span class="min-w-0 flex-1 truncate font-medium">{step().title}</span>
          <span class="shrink-0 text-sm" classList={{ 'text-failed': late(), 'text-muted': !late() }}>
            <Show when={step().dueAt} fallback={<span class="text-faint">no due time</span>}>
              {(due) => (
                <>
                  due <RelativeTime at={due()} />
                </>
              )}
            </Show>
          </span>
        </span>
        <span class="flex w-full gap-2 pl-7 text-muted text-sm">
          <span class="min-w-0 flex-1 truncate">
            <Show when={props.item.exception} fallback={props.item.run.playbookTitle}>
              {(exception) => `EX-${exception().number} ${exception().title}`}
            </Show>
          </span>
          <span class="shrink-0">
            {step().status === 'outcome_unknown' ? 'outcome unknown · ' : step().failure ? 'failed · ' : ''}
            {step().claimedBy ? `${step().claimedBy?.name} is at it` : step().waitingOn}
          </span>
        </span>
      </button>
    </li>
  );
}
