import { Show } from 'solid-js';
import type { Outputs } from '../../api/trpc.ts';
import { Due } from '../../kit/due.tsx';
import { Status } from '../../kit/status.tsx';
import { whoWords } from '../../shell/role-words.ts';
import { t } from '../../words/words.ts';
import { SeverityIcon } from '../exceptions/parts/severity.tsx';
import { stepKind } from '../playbooks/parts/step-kind.ts';
import { severityOf } from './inbox-groups.ts';

type Item = Outputs['inbox']['list']['items'][number];

/** What a row shows of a step or an execution. */
function shownOf(item: Item) {
  if ('execution' in item) {
    const { toolTitle, dueAt, actor, reason, waitingOn } = item.execution;
    return {
      kind: 'waiting' as const,
      title: t`Approve ${toolTitle}`,
      dueAt,
      prefix: 'expires ',
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
    prefix: 'due ',
    about: run.playbookTitle,
    who: `${state}${step.claimedBy ? t`Claimed by ${step.claimedBy.name}` : whoWords(step.waitingOn ?? '')}`,
  };
}

/** One waiting step or execution: title, due date, exception and who it waits for. */
export function InboxRow(props: {
  item: Item;
  /** False: it was completed while it was on screen. */
  waiting: boolean;
  selected: boolean;
  onOpen: () => void;
}) {
  const shown = () => shownOf(props.item);
  return (
    <li>
      <button
        type="button"
        onClick={() => props.onOpen()}
        aria-current={props.selected ? 'true' : undefined}
        class="flex w-full flex-col gap-0.5 border-b px-4 py-2 text-left hover:bg-hover aria-current:bg-rail-active"
      >
        <span class="flex w-full items-center gap-2">
          <Status kind={shown().kind} word="" />
          <span class="min-w-0 flex-1 truncate font-medium">{shown().title}</span>
          <span class="shrink-0 text-sm">
            <Due at={shown().dueAt} prefix={shown().prefix} none={t('No due date')} />
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
            <Show when={props.waiting} fallback={t('No longer waiting')}>
              {shown().who}
            </Show>
          </span>
        </span>
      </button>
    </li>
  );
}
