import { For, Show } from 'solid-js';
import { useActions } from '../../../../kit/actions.ts';
import { Button } from '../../../../kit/button.tsx';
import { Field } from '../../../../kit/field.tsx';
import { SchemaForm } from '../../../../kit/schema-form/schema-form.tsx';
import { RequestView } from '../../../tools/parts/request-view.tsx';
import { createCompletion } from './step-completion.ts';
import type { StepView } from './step-view.ts';

/** The input that completing a step takes, the request that it sends, and the ways to complete it. */
export function StepForm(props: { step: StepView; onChanged: () => void; onDone: () => void }) {
  const form = createCompletion({
    step: () => props.step,
    onChanged: () => props.onChanged(),
    onDone: () => props.onDone(),
  });
  const completeMain = () => {
    const outcome = form.main();
    if (outcome) void form.complete(outcome);
  };
  useActions(() => [
    ...props.step.outcomes.flatMap((outcome, index) => {
      const keys = form.keysOf(outcome, index);
      const run = () => void form.complete(outcome);
      return keys
        ? [{ id: `complete-${outcome.id}`, label: outcome.title, keys, group: 'Page' as const, run }]
        : [];
    }),
    {
      id: 'complete',
      label: form.main()?.title ?? 'Complete step',
      keys: 'mod+enter',
      group: 'Page' as const,
      inInputs: true,
      inPalette: false,
      run: completeMain,
    },
  ]);

  return (
    <form
      class="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        completeMain();
      }}
    >
      <Show when={form.hasForm() && form.schema}>
        {(schema) => (
          <SchemaForm
            schema={schema()}
            value={form.value()}
            onChange={form.change}
            issues={form.issues()}
            label={form.sendsRequest ? 'Tool input' : 'Form'}
            handle={form.setForm}
          />
        )}
      </Show>
      <Show when={form.preview()}>
        {(preview) => (
          <section aria-label="Request" class="flex flex-col gap-1.5">
            <h4 class="label-caps">Request</h4>
            <RequestView preview={preview()} />
          </section>
        )}
      </Show>
      <Show when={form.asking()}>
        <Field label="Reason" required>
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
      <Show when={form.problem()}>
        {(message) => (
          <p role="alert" class="rounded-md border bg-failed-soft px-3 py-2 text-failed">
            {message()}
          </p>
        )}
      </Show>
      <div class="flex flex-wrap items-center gap-2">
        <Show
          when={form.asking()}
          fallback={
            <For each={props.step.outcomes}>
              {(outcome, index) => (
                <Button
                  variant={index() === 0 ? 'primary' : outcome.needsReason ? 'danger' : 'plain'}
                  keys={form.keysOf(outcome, index())}
                  busy={form.busy() === outcome.id}
                  onClick={() => void form.complete(outcome)}
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
                disabled={form.reason().trim() === ''}
                busy={form.busy() === outcome().id}
                onClick={() => void form.complete(outcome())}
              >
                {outcome().title}
              </Button>
              <Button onClick={() => form.setAsking(null)}>Back</Button>
            </>
          )}
        </Show>
      </div>
    </form>
  );
}
