import { createEffect, createMemo, createSignal, on, onCleanup, onMount, Show } from 'solid-js';
import { type Action, useActions } from '../../../../kit/actions.ts';
import { createArming } from '../../../../kit/arming.ts';
import { Button } from '../../../../kit/button.tsx';
import { SecondsLeft } from '../../../../kit/seconds-left.tsx';
import { Status } from '../../../../kit/status.tsx';
import { t } from '../../../../words/words.ts';
import { ExecutionLinks } from './step-result.tsx';
import { isOpenStep, type StepView } from './step-view.ts';
import { failureHint, type Verdict } from './verdict.ts';

/** How long the outcome is shown before the next step. */
const nextMs = 5_000;

/**
 * The outcome of a decision, where it was made. Where nothing is left to do, the next step follows: by a key, or after
 * a countdown that any input stops.
 */
export function VerdictBar(props: {
  step: StepView;
  verdict: Verdict;
  /** The title of the next step; undefined: there is none. */
  next: string | undefined;
  onNext: () => void;
}) {
  const armed = createArming(() => `${props.verdict.text} ${props.next}`);
  const [until, setUntil] = createSignal<number | null>(null);
  const [isStopped, setStopped] = createSignal(false);
  const stop = () => setStopped(true);
  const goOn = () => {
    if (armed()) props.onNext();
  };

  const isCounting = createMemo(() => props.verdict.isDone && props.next !== undefined && !isStopped());
  createEffect(
    on(isCounting, (counting) => {
      setUntil(counting ? Date.now() + nextMs : null);
      if (!counting) return;
      const timer = setTimeout(() => props.onNext(), nextMs);
      onCleanup(() => clearTimeout(timer));
    }),
  );
  onMount(() => {
    const onInput = (event: Event) => {
      const isGoing = event instanceof KeyboardEvent && [t('Enter'), 'j'].includes(event.key);
      const isHeld = event instanceof KeyboardEvent && event.repeat;
      if (until() !== null && !isGoing && !isHeld) stop();
    };
    const kinds = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'input', 'visibilitychange'];
    for (const kind of kinds) document.addEventListener(kind, onInput);
    onCleanup(() => {
      for (const kind of kinds) document.removeEventListener(kind, onInput);
    });
  });
  useActions(() =>
    props.verdict.isKnown && props.next !== undefined
      ? ['enter', 'j'].map(
          (keys): Action => ({
            id: `verdict:${keys}`,
            label: t('Next step'),
            keys,
            group: 'Page',
            inPalette: keys === 'enter',
            run: goOn,
          }),
        )
      : [],
  );

  return (
    <div
      class="flex flex-wrap items-center gap-2 rounded-md border px-3 py-2"
      classList={{
        'bg-failed-soft': props.verdict.kind === 'failed',
        'border-unknown/50 bg-unknown-soft': props.verdict.kind === 'unknown',
        'border-succeeded/25 bg-succeeded-soft': props.verdict.kind === 'succeeded',
        'bg-sunken': !['failed', 'unknown', 'succeeded'].includes(props.verdict.kind),
      }}
    >
      <p role="status" class="min-w-0 flex-1 break-words">
        <Status kind={props.verdict.kind} word="" />
        <span class="font-medium">{props.verdict.text}</span>{' '}
        <Show when={isOpenStep(props.step)}>
          <ExecutionLinks ids={props.step.executionIds.slice(-1)} />
        </Show>
        <Show when={props.step.failure && isOpenStep(props.step)}>
          <span class="block text-muted text-sm">{failureHint(props.step)}</span>
        </Show>
      </p>
      <Show when={props.verdict.isKnown && props.next}>
        {(next) => (
          <>
            <Show when={until()}>
              {(at) => (
                <>
                  <SecondsLeft until={at()} before={t('Next in')} />
                  <Button variant="quiet" onClick={stop}>
                    {t('Stay')}
                  </Button>
                </>
              )}
            </Show>
            <Button keys="enter" armed={armed()} title={next()} onClick={goOn}>
              {t('Next step')}
            </Button>
          </>
        )}
      </Show>
    </div>
  );
}
