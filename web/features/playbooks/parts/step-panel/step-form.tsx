import { createEffect, For, Match, Show, Switch } from 'solid-js';
import { abortOutcome } from '../../../../../shared/playbooks/steps/step-definition.ts';
import { useActions } from '../../../../kit/actions.ts';
import { Button } from '../../../../kit/button.tsx';
import { Field } from '../../../../kit/field.tsx';
import { Heading } from '../../../../kit/heading.tsx';
import { SchemaForm } from '../../../../kit/schema-form/schema-form.tsx';
import { t } from '../../../../words/words.ts';
import { BatchRequests } from '../../../batches/parts/batch-requests.tsx';
import { RequestView } from '../../../tools/parts/request-view.tsx';
import { UndoOnAbort } from '../../../undo/parts/undo-on-abort.tsx';
import { decisionOn, stepKey } from './decisions.ts';
import { HeldStrip } from './held-strip.tsx';
import { LostDraft } from './lost-draft.tsx';
import { type CompletionOf, createCompletion } from './step-completion.ts';
import type { StepView } from './step-view.ts';

/** The keys of the outcomes, in the order in which they are shown. */
const numberOf = (index: number): string | undefined => (index < 9 ? String(index + 1) : undefined);
/** A vote has the same keys everywhere. */
const voteKeys: Readonly<Record<string, string>> = { approved: 'a', rejected: 'r' };
const keysOf = ({ id }: { id: string }, index: number): string | undefined => voteKeys[id] ?? numberOf(index);

/**
 * The input that completing a step takes, the request that it sends, and the ways to complete it. What someone typed
 * stays readable when they may no longer complete the step.
 */
export function StepForm(
  props: Omit<CompletionOf, 'step'> & {
    step: StepView;
    /** The person may complete it now. */
    mayComplete: boolean;
    /** They had claimed it. */
    hadClaim: boolean;
    /** The first request is being made, or no longer. */
    onPreviewing: (previewing: boolean) => void;
  },
) {
  const form = createCompletion({
    step: () => props.step,
    draftKey: props.draftKey,
    beside: () => props.beside(),
    onAct: () => props.onAct(),
    onTyped: (typed) => props.onTyped(typed),
  });
  createEffect(() => props.onPreviewing(form.previewing()));
  const phase = () => decisionOn(stepKey(props.step))?.phase;
  const isOffered = () => props.mayComplete && !form.isDecided();
  const completeMain = () => {
    const outcome = form.main();
    if (outcome && isOffered()) void form.complete(outcome);
  };
  useActions(() =>
    isOffered()
      ? [
          ...(form.asking() ? [] : props.step.outcomes).flatMap((outcome, index) => {
            const action = {
              id: `complete-${outcome.id}`,
              label: t(outcome.title),
              group: 'Page' as const,
              run: () => void form.complete(outcome),
            };
            const [keys, number] = [keysOf(outcome, index), numberOf(index)];
            return [
              ...(keys ? [{ ...action, keys }] : []),
              ...(number && number !== keys
                ? [{ ...action, id: `${action.id}-${number}`, keys: number, inPalette: false }]
                : []),
            ];
          }),
          ...(form.main()
            ? [
                {
                  id: 'complete',
                  label: form.main()?.title ?? '',
                  keys: 'mod+enter',
                  group: 'Page' as const,
                  inInputs: true,
                  inPalette: false,
                  run: completeMain,
                },
              ]
            : []),
        ]
      : [],
  );
  // A decision that someone undoes may need another reason, so the question stays; it goes with the right to answer it.
  createEffect(() => !props.mayComplete && form.setAsking(null));

  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        completeMain();
      }}
    >
      <fieldset disabled={!isOffered()} class="flex min-w-0 flex-col gap-3">
        <Show when={(form.hasForm() || form.touched()) && form.schema}>
          {(schema) => (
            <SchemaForm
              schema={schema()}
              value={form.value()}
              onChange={form.change}
              issues={form.issues()}
              label={form.sendsRequest ? t('Tool input') : t('Form')}
              handle={form.setForm}
            />
          )}
        </Show>
        <Show when={props.mayComplete && form.preview()}>
          {(preview) => (
            <section aria-label={t('Request')} class="flex flex-col gap-1.5">
              <Heading below class="label-caps">
                {t('Request')}
              </Heading>
              <RequestView preview={preview()} />
            </section>
          )}
        </Show>
        <Show when={props.mayComplete && form.batchPreview()}>
          {(preview) => (
            <section aria-label={t('Requests')} class="flex flex-col gap-1.5">
              <Heading below class="label-caps">
                {t('Requests')}
              </Heading>
              <BatchRequests preview={preview()} />
            </section>
          )}
        </Show>
        <Show when={form.asking()?.id === abortOutcome.id}>
          <UndoOnAbort runId={props.step.runId} />
        </Show>
        <Show when={form.asking()}>
          <Field label={t('Reason')} required>
            {(input) => (
              <textarea
                {...input}
                ref={(element) => queueMicrotask(() => element.focus())}
                rows="2"
                value={form.reason()}
                onInput={(event) => form.setReason(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return;
                  event.stopPropagation();
                  form.setAsking(null);
                }}
                class="min-h-14 w-full rounded-md border border-line-strong bg-bg px-2 py-1 hover:border-faint"
              />
            )}
          </Field>
        </Show>
      </fieldset>
      <Show when={props.mayComplete && form.problem()}>
        {(message) => (
          <p role="alert" class="rounded-md border bg-failed-soft px-3 py-2 text-failed">
            {message()}
          </p>
        )}
      </Show>
      <Switch
        fallback={
          <div class="flex flex-wrap items-center gap-2" classList={{ invisible: form.previewing() }}>
            <For each={props.step.outcomes}>
              {(outcome, index) => (
                <Button
                  variant={index() === 0 ? 'primary' : outcome.needsReason ? 'danger' : 'plain'}
                  keys={keysOf(outcome, index())}
                  armed={form.isArmed(outcome)}
                  busy={phase() === 'sending'}
                  onClick={() => void form.complete(outcome)}
                >
                  {t(outcome.title)}
                </Button>
              )}
            </For>
          </div>
        }
      >
        <Match when={phase() === 'held'}>
          <HeldStrip />
        </Match>
        <Match when={!props.mayComplete && !form.isDecided()}>
          <LostDraft
            step={props.step}
            value={form.value()}
            hadClaim={props.hadClaim}
            onDiscard={form.discard}
          />
        </Match>
        <Match when={form.asking()}>
          {(outcome) => (
            <div class="flex flex-wrap items-center gap-2">
              <Button
                variant="primary"
                keys="mod+enter"
                disabled={form.reason().trim() === ''}
                armed={form.isArmed(outcome())}
                busy={phase() === 'sending'}
                onClick={() => void form.complete(outcome())}
              >
                {t(outcome().title)}
              </Button>
              <Button onClick={() => form.setAsking(null)}>{t('Back')}</Button>
            </div>
          )}
        </Match>
      </Switch>
    </form>
  );
}
