import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { Issue } from '../../../../../shared/platform/error-codes.ts';
import { type ApiError, toApiError } from '../../../../api/api-error.ts';
import { tenantSlug } from '../../../../api/tenant.ts';
import { api, type Outputs } from '../../../../api/trpc.ts';
import { useActions } from '../../../../kit/actions.ts';
import { Button } from '../../../../kit/button.tsx';
import { dropDraft, readDraft, saveDraft } from '../../../../kit/draft-storage.ts';
import { Field } from '../../../../kit/field.tsx';
import { setAt } from '../../../../kit/schema-form/json-edit.ts';
import { SchemaForm, type SchemaFormHandle } from '../../../../kit/schema-form/schema-form.tsx';
import { initialValue } from '../../../../kit/schema-form/schema-values.ts';
import { toast } from '../../../../shell/toasts.tsx';
import { RequestView } from '../../../tools/parts/request-view.tsx';
import type { StepView } from './step-view.ts';

type Outcome = StepView['outcomes'][number];
type Preview = Outputs['runs']['preview'];

const previewAfterMs = 300;
const keyOf: Record<string, string> = { approved: 'a', run: 'a', done: 'a', rejected: 'r' };

/** What a toast says was done, where the outcome's own title does not. */
const doneWords: Record<string, string> = {
  run: 'running',
  done: 'done',
  approved: 'approved',
  rejected: 'rejected',
  skip: 'skipped',
};

/** The input that completing takes, the request it would send, and the ways to complete. */
export function StepForm(props: { step: StepView; onChanged: () => void; onDone: () => void }) {
  // The step as it was when the form opened: what one is filling in does not change under one's hands.
  const schema = props.step.form;
  const isTool = props.step.type === 'call_tool' && props.step.outcomes.some(({ id }) => id === 'run');
  /** Whoever says what a call came to does not change what was called. */
  const takesForm = isTool || props.step.type !== 'call_tool';
  const draftAt = {
    tenant: tenantSlug(),
    toolId: `${props.step.runId}/${props.step.id}`,
    schema: schema ?? {},
  };
  const draft = schema ? readDraft(draftAt.tenant, draftAt.toolId)?.value : undefined;
  const given = props.step.type === 'call_tool' ? props.step.input : undefined;
  const [value, setValue] = createSignal<unknown>(
    draft ?? given ?? (schema ? initialValue(schema, schema) : undefined),
  );
  const [touched, setTouched] = createSignal(draft !== undefined);
  const [issues, setIssues] = createSignal<readonly Issue[]>(draft === undefined ? props.step.issues : []);
  const [problem, setProblem] = createSignal<ApiError | null>(null);
  const [preview, setPreview] = createSignal<Preview | null>(null);
  const [asking, setAsking] = createSignal<Outcome | null>(null);
  const [reason, setReason] = createSignal('');
  const [busy, setBusy] = createSignal<string | null>(null);
  // One id for one intent, so that a double click completes once.
  const [requestId, setRequestId] = createSignal(crypto.randomUUID());
  let form: SchemaFormHandle | undefined;

  const change = (pointer: string, next: unknown) => {
    setValue((before: unknown) => setAt(before, pointer, next));
    setTouched(true);
    setIssues((all) => all.filter((issue) => !issue.path.startsWith(pointer)));
    if (schema) saveDraft(draftAt, { text: '', isJson: true, value: unwrap(value()), exceptionId: '' });
  };
  const sent = () => (schema && (touched() || !isTool) ? unwrap(value()) : undefined);

  let latest = 0;
  const look = async () => {
    const mine = ++latest;
    try {
      const input = touched() ? { input: unwrap(value()) } : {};
      const seen = await api.runs.preview.mutate({ id: props.step.runId, stepId: props.step.id, ...input });
      if (mine === latest) setPreview(seen);
    } catch (error) {
      if (mine !== latest) return;
      setPreview(null);
      const failed = toApiError(error);
      if (failed.issues) setIssues(failed.issues);
      else setProblem(failed);
    }
  };
  createEffect(
    on(value, () => {
      if (!isTool) return;
      const timer = setTimeout(() => void look(), touched() ? previewAfterMs : 0);
      onCleanup(() => clearTimeout(timer));
    }),
  );

  const complete = async (outcome: Outcome) => {
    if (busy()) return;
    if (outcome.needsReason && asking()?.id !== outcome.id) {
      setAsking(outcome);
      return;
    }
    if (outcome.takesInput && form) {
      const [broken] = form.check().filter((issue) => issue.keyword === 'json');
      if (broken) return void form.focus(broken.path);
    }
    setBusy(outcome.id);
    setProblem(null);
    try {
      const input = outcome.takesInput && outcome.id !== 'happened' ? sent() : undefined;
      const digest = outcome.id === 'run' ? preview()?.digest : undefined;
      await api.runs.complete.mutate({
        id: props.step.runId,
        stepId: props.step.id,
        outcome: outcome.id,
        requestId: requestId(),
        ...(input === undefined ? {} : { input }),
        ...(reason().trim() ? { reason: reason().trim() } : {}),
        ...(digest === undefined ? {} : { previewDigest: digest }),
      });
      dropDraft(draftAt.tenant, draftAt.toolId);
      toast(`${props.step.title}: ${doneWords[outcome.id] ?? outcome.title.toLowerCase()}`);
      props.onChanged();
      props.onDone();
    } catch (error) {
      const failed = toApiError(error);
      // What may have got through is sent again under the same id; what was refused is a new intent.
      if (failed.code !== 'unavailable' && failed.code !== 'internal') setRequestId(crypto.randomUUID());
      const inInput = failed.issues?.filter((issue) => issue.path.startsWith('/input')) ?? [];
      if (inInput.length > 0) {
        setIssues(inInput.map((issue) => ({ ...issue, path: issue.path.slice('/input'.length) })));
        form?.focus(inInput[0]!.path.slice('/input'.length));
      }
      setProblem(failed);
      if (failed.code === 'preview_changed') return void look();
      // The form goes with the step it was for; what happened is said where it stays.
      if (failed.code === 'conflict') toast(failed.message);
      props.onChanged();
    } finally {
      setBusy(null);
    }
  };

  const first = () => props.step.outcomes[0];
  useActions(() => [
    ...props.step.outcomes.flatMap((outcome, index) => {
      const keys = keyOf[outcome.id] ?? (index === 0 ? 'a' : undefined);
      return keys
        ? [
            {
              id: `complete-${outcome.id}`,
              label: outcome.title,
              keys,
              group: 'Page' as const,
              run: () => void complete(outcome),
            },
          ]
        : [];
    }),
    {
      id: 'complete',
      label: asking()?.title ?? first()?.title ?? 'Complete step',
      keys: 'mod+enter',
      group: 'Page' as const,
      inInputs: true,
      inPalette: false,
      run: () => {
        const outcome = asking() ?? first();
        if (outcome) void complete(outcome);
      },
    },
  ]);

  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const outcome = asking() ?? first();
        if (outcome) void complete(outcome);
      }}
    >
      <Show when={schema && takesForm && props.step.outcomes.some((outcome) => outcome.takesInput)}>
        <SchemaForm
          schema={schema ?? {}}
          value={value()}
          onChange={change}
          issues={issues()}
          label={isTool ? 'Input of the tool' : 'Form'}
          handle={(handle) => {
            form = handle;
          }}
        />
      </Show>
      <Show when={preview()}>
        {(seen) => (
          <section aria-label="Request" class="flex flex-col gap-1.5">
            <h4 class="label-caps">The exact request</h4>
            <RequestView preview={seen()} />
          </section>
        )}
      </Show>
      <Show when={asking()}>
        {(outcome) => (
          <Field label={`Why: ${outcome().title.toLowerCase()}`} required>
            {(input) => (
              <textarea
                {...input}
                ref={(element) => queueMicrotask(() => element.focus())}
                rows="2"
                value={reason()}
                onInput={(event) => setReason(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return;
                  event.stopPropagation();
                  setAsking(null);
                }}
                class="min-h-14 w-full rounded-md border border-line-strong bg-bg px-2 py-1 hover:border-faint"
              />
            )}
          </Field>
        )}
      </Show>
      <Show when={problem()}>
        {(failed) => (
          <p role="alert" class="rounded-md border bg-failed-soft px-3 py-2 text-failed">
            {failed().message}
          </p>
        )}
      </Show>
      <div class="flex flex-wrap items-center gap-2">
        <Show
          when={asking()}
          fallback={
            <For each={props.step.outcomes}>
              {(outcome, index) => (
                <Button
                  variant={index() === 0 ? 'primary' : outcome.needsReason ? 'danger' : 'plain'}
                  keys={keyOf[outcome.id] ?? (index() === 0 ? 'a' : undefined)}
                  busy={busy() === outcome.id}
                  onClick={() => void complete(outcome)}
                >
                  {outcome.title}
                </Button>
              )}
            </For>
          }
        >
          {(outcome) => (
            <>
              <Button
                variant="primary"
                keys="mod+enter"
                disabled={reason().trim() === ''}
                busy={busy() === outcome().id}
                onClick={() => void complete(outcome())}
              >
                {outcome().title}
              </Button>
              <Button onClick={() => setAsking(null)}>Back</Button>
            </>
          )}
        </Show>
      </div>
    </form>
  );
}
