import { CircleQuestionMark, Hand, Play, SkipForward, X } from 'lucide-solid';
import { createMemo, createSignal, createUniqueId, For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { type Step, stepOutcomes, stepSchema } from '../../../../shared/playbooks/steps/registry.ts';
import { api, type Outputs } from '../../../api/trpc.ts';
import { Button, type Icon } from '../../../kit/button.tsx';
import { JsonBlock } from '../../../kit/code-block.tsx';
import { createLiveRequest } from '../../../kit/document-form/live-request.ts';
import { ErrorState } from '../../../kit/error-state.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { IssueLines } from '../../../kit/issue-lines.tsx';
import { sameJson, setAt } from '../../../kit/schema-form/json-edit.ts';
import { SchemaForm } from '../../../kit/schema-form/schema-form.tsx';
import { initialValue } from '../../../kit/schema-form/schema-values.ts';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { type ChosenException, ExceptionPicker } from '../parts/exception-picker.tsx';
import { hasFields, inputSchemaOf } from '../parts/input-schema.ts';
import { stepAt, stepPaths, textOf } from '../parts/outline.ts';
import { useEditor } from './editor-state.ts';

type DryStep = Outputs['playbooks']['dryRun']['steps'][number];
/** How a person would complete a step. */
type Completion = { outcome?: string; output?: unknown };

const results: Record<DryStep['result'], { word: string; icon: Icon; colour: string }> = {
  would_run: { word: t('Would run'), icon: Play, colour: 'text-accent' },
  would_wait: { word: t('Would wait'), icon: Hand, colour: 'text-waiting' },
  would_skip: { word: t('Would be skipped'), icon: SkipForward, colour: 'text-cancelled' },
  unknown: { word: t('Unknown'), icon: CircleQuestionMark, colour: 'text-unknown' },
};

/** Shows what would happen at every step for an exception and the chosen outcomes. Nothing is called. */
export function DryRunPanel(props: { onClose: () => void; onStep: (path: string) => void }) {
  const editor = useEditor();
  const id = createUniqueId();
  const schema = () => inputSchemaOf(editor.value());
  const [exception, setException] = createSignal<ChosenException | null>(null);
  const [input, setInput] = createSignal<unknown>(initialValue(schema(), schema()) ?? {});
  const [outcomes, setOutcomes] = createSignal<Record<string, Completion>>({});

  const request = createLiveRequest(
    () => ({ document: editor.value(), exceptionId: exception()?.id, input: input(), answers: outcomes() }),
    (dryRun) => api.playbooks.dryRun.mutate(dryRun),
  );
  const steps = () => request.response()?.steps ?? null;

  // Keyed by ID, so that a new response keeps the fields being filled in.
  const byId = createMemo(() => new Map((steps() ?? []).map((step) => [step.stepId, step])));
  const ids = createMemo(() => [...byId().keys()], [], { equals: sameJson });
  const pathOf = (stepId: string) =>
    stepPaths(editor.value()).find((path) => textOf(stepAt(editor.value(), path), 'id') === stepId);
  const complete = (stepId: string, change: Completion | null) =>
    setOutcomes((before) => {
      const { [stepId]: old, ...rest } = before;
      return change === null ? rest : { ...rest, [stepId]: { ...old, ...change } };
    });

  return (
    <aside aria-label={t('Dry run')} class="flex w-[40%] min-w-80 flex-col border-l max-lg:hidden">
      <div class="flex min-h-9 items-center gap-2 border-b px-4 py-1">
        <h2 class="font-semibold">{t('Dry run')}</h2>
        <span class="min-w-0 flex-1 truncate text-muted text-sm">{t('Nothing is called or stored.')}</span>
        <Button
          variant="quiet"
          iconOnly
          icon={X}
          aria-label={t('Close the dry run')}
          onClick={() => props.onClose()}
        />
      </div>
      <div class="relative min-h-0 flex-1 overflow-auto" aria-busy={request.busy()}>
        <div class="flex flex-col gap-3.5 border-b px-4 py-3">
          <div class="flex flex-col gap-1">
            <label for={id} class="font-medium text-sm">
              {t('Exception')}
            </label>
            <ExceptionPicker id={id} chosen={exception()} onChoose={setException} />
          </div>
          <Show when={hasFields(schema())}>
            <SchemaForm
              schema={schema()}
              value={input()}
              onChange={(pointer, value) => setInput((before: unknown) => setAt(before, pointer, value))}
              issues={[]}
              label={t('Input of the run')}
            />
          </Show>
        </div>
        <Show when={request.failed() && !steps()}>
          <ErrorState
            error={request.failed()}
            what={t('The dry run failed')}
            onRetry={() => void request.run()}
          />
        </Show>
        <Show when={request.failed() && steps()}>
          <p class="border-b px-4 py-1.5 text-unknown" role="status">
            {t('Not up to date: the dry run of the last change failed.')}
          </p>
        </Show>
        <ol aria-label={t('What would happen')}>
          <For
            each={ids()}
            fallback={
              <Show when={steps()}>
                <li class="px-4 py-3 text-muted">{t('No steps yet.')}</li>
              </Show>
            }
          >
            {(stepId, index) => (
              <Show when={byId().get(stepId)}>
                {(step) => (
                  <li class="border-b px-4 py-2">
                    <div class="flex items-baseline gap-2">
                      <span class="w-5 shrink-0 text-right text-faint">{index() + 1}</span>
                      <button
                        type="button"
                        class="min-w-0 truncate text-left font-medium underline-offset-2 hover:underline"
                        onClick={() => {
                          const path = pathOf(step().stepId);
                          if (path) props.onStep(path);
                        }}
                      >
                        {step().title || step().stepId}
                      </button>
                      <span
                        class={`ml-auto inline-flex shrink-0 items-center gap-1.5 self-center ${results[step().result].colour}`}
                      >
                        <Dynamic component={results[step().result].icon} size={14} aria-hidden="true" />
                        {results[step().result].word}
                      </span>
                    </div>
                    <div class="flex flex-col gap-1.5 pt-0.5 pl-7">
                      <p class="text-muted">{said(step().message)}</p>
                      <IssueLines issues={step().issues} />
                      <Show when={isObject(step().input)}>
                        <JsonBlock
                          value={step().input}
                          label={t`Input of ${step().title}`}
                          maxHeight="160px"
                        />
                      </Show>
                      <CompletionFields
                        stepId={step().stepId}
                        title={step().title || step().stepId}
                        document={stepAt(editor.value(), pathOf(step().stepId) ?? '')}
                        completion={outcomes()[step().stepId]}
                        onComplete={(change) => complete(step().stepId, change)}
                      />
                    </div>
                  </li>
                )}
              </Show>
            )}
          </For>
        </ol>
      </div>
    </aside>
  );
}

/** Choosing the outcome of a step, and filling in its form. */
function CompletionFields(props: {
  stepId: string;
  title: string;
  document: Record<string, unknown>;
  completion: Completion | undefined;
  onComplete: (change: Completion | null) => void;
}) {
  const step = (): Step | null => stepSchema.safeParse(props.document).data ?? null;
  const outcomes = () => {
    const found = step();
    return found ? stepOutcomes(found) : [];
  };
  const form = () => (isObject(props.document.form) ? props.document.form : null);
  const chosen = () => outcomes().find(({ id }) => id === props.completion?.outcome);
  return (
    <Show when={outcomes().length > 0}>
      <select
        aria-label={t`Outcome of ${props.title}`}
        class={`${inputClass} max-w-56`}
        onChange={(event) => {
          const outcome = event.currentTarget.value;
          props.onComplete(outcome === '' ? null : { outcome });
        }}
      >
        <option value="" selected={!props.completion?.outcome}>
          {t('No outcome')}
        </option>
        <For each={outcomes()}>
          {(outcome) => (
            <option value={outcome.id} selected={outcome.id === props.completion?.outcome}>
              {t(outcome.title)}
            </option>
          )}
        </For>
      </select>
      <Show when={chosen()?.takesInput && form()}>
        {(schema) => (
          <SchemaForm
            schema={schema()}
            value={props.completion?.output ?? {}}
            onChange={(pointer, value) =>
              props.onComplete({ output: setAt(props.completion?.output ?? {}, pointer, value) })
            }
            issues={[]}
            label={t`Outcome of ${props.title}`}
          />
        )}
      </Show>
    </Show>
  );
}
