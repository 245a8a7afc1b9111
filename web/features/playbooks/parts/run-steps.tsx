import { For, Show } from 'solid-js';
import type { Outputs } from '../../../api/trpc.ts';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status, statusWord } from '../../../kit/status.tsx';
import { whoWords } from '../../../shell/role-words.ts';
import { t } from '../../../words/words.ts';
import { stepKind } from './step-kind.ts';

type Run = Outputs['runs']['get'];
type Step = Run['steps'][number];

/** All steps of a run; steps inside other steps are indented. */
export function RunSteps(props: {
  run: Run;
  selected?: string | undefined;
  onSelect: (stepId: string) => void;
}) {
  const isCurrent = (step: Step) => props.run.currentSteps.includes(step.id);
  return (
    <ol aria-label={t('Steps')} class="flex flex-col">
      <For each={props.run.steps}>
        {(step) => (
          <li>
            <button
              type="button"
              onClick={() => props.onSelect(step.id)}
              aria-current={isCurrent(step) ? 'step' : undefined}
              aria-pressed={props.selected === step.id}
              class="flex min-h-9 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left hover:bg-hover aria-pressed:bg-rail-active"
              style={{ 'padding-left': `${8 + step.inside.length * 20}px` }}
            >
              <span class="w-5 shrink-0 text-right text-faint text-sm tabular-nums">{step.number}</span>
              <Status kind={stepKind(step)} word="" />
              {/* A name is read whole: who and when go below it where there is no room beside it. */}
              <span class="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2.5">
                <span
                  class="min-w-0 grow basis-48 wrap-anywhere"
                  classList={{
                    'font-medium': isCurrent(step),
                    'text-muted': step.status === 'pending' || step.status === 'skipped',
                  }}
                >
                  <span classList={{ 'line-through': step.notTaken !== null }}>{step.title}</span>
                  <span class="sr-only">, {statusWord(stepKind(step))}</span>
                  <Show when={step.notTaken}>
                    {(why) => <span class="block text-sm">{notTakenWords(why(), step.id)}</span>}
                  </Show>
                </span>
                <span class="text-muted text-sm">
                  <StepAside step={step} />
                </span>
              </span>
            </button>
          </li>
        )}
      </For>
    </ol>
  );
}

/** "Not taken: steps.check.output.refund = true is false" */
function notTakenWords(why: NonNullable<Step['notTaken']>, stepId: string): string {
  if (why.chosen !== null) return t`Not taken: ${why.title} chose ${why.chosen}`;
  return why.stepId === stepId
    ? t`Not taken: ${why.when} is false`
    : t`Not taken, as ${why.title}: ${why.when} is false`;
}

function StepAside(props: { step: Step }) {
  return (
    <Show
      when={props.step.completedAt}
      fallback={
        <Show when={props.step.waitingOn}>
          {(who) => (
            <span class="text-waiting">
              {props.step.status === 'outcome_unknown'
                ? `${t('Outcome unknown')} · `
                : props.step.failure
                  ? `${t('Failed')} · `
                  : ''}
              {whoWords(who())}
            </span>
          )}
        </Show>
      }
    >
      {(at) => (
        <>
          <Show when={props.step.completedBy?.type !== 'system'}>{props.step.completedBy?.name} · </Show>
          <RelativeTime at={at()} />
        </>
      )}
    </Show>
  );
}
