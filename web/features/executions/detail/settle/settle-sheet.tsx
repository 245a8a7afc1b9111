import { useQueryClient } from '@tanstack/solid-query';
import { Link } from '@tanstack/solid-router';
import { createSignal, For, type JSX, Show } from 'solid-js';
import type { ApiError } from '../../../../api/api-error.ts';
import { api, queries } from '../../../../api/trpc.ts';
import { useActions } from '../../../../kit/actions.ts';
import { createArming } from '../../../../kit/arming.ts';
import { Button } from '../../../../kit/button.tsx';
import { Sheet } from '../../../../kit/dialog.tsx';
import { FailureNote } from '../../../../kit/failure-note.tsx';
import { Field } from '../../../../kit/field.tsx';
import { createJsonDocument } from '../../../../kit/json-editor/json-document.ts';
import { JsonEditor } from '../../../../kit/json-editor/json-editor.tsx';
import { createSubmission } from '../../../../kit/submission.ts';
import { TextControl } from '../../../../kit/text-input.tsx';
import { rich, t } from '../../../../words/words.ts';
import type { Execution } from '../../parts/execution-words.ts';
import { OutcomeLead } from '../../parts/outcome-lead.tsx';
import { CheckWithTool } from './check-with-tool.tsx';

interface SettleProps {
  execution: Execution;
  tenant: string;
  onClose: () => void;
}

const choices = [
  { happened: true, title: t('Mark as done'), help: t('It happened. The execution succeeds.') },
  {
    happened: false,
    title: t('Mark as not done'),
    help: t('It did not happen. Running it again is then safe.'),
  },
] as const;

/** Settles an unknown outcome: a person checks, then says whether the call happened, and how they found out. */
export function SettleSheet(props: SettleProps) {
  return (
    <Sheet open onClose={props.onClose} title={t`Settle ${props.execution.toolTitle}`} width="780px">
      <SettleForm {...props} />
    </Sheet>
  );
}

function SettleForm(props: SettleProps) {
  const client = useQueryClient();
  const [happened, setHappened] = createSignal<boolean | null>(null);
  const [note, setNote] = createSignal('');
  const result = createJsonDocument(undefined, '');
  const armed = createArming(() => (happened() === null ? undefined : String(happened())));
  const { busy, error, submit } = createSubmission(async () => {
    const { id } = props.execution;
    const output = hasResult() ? result.value() : undefined;
    const settled = await api.executions.settle.mutate({
      id,
      happened: happened() === true,
      note: note(),
      output,
    });
    client.setQueryData(queries.executions.get({ id }).queryKey, settled);
    props.onClose();
  });
  const hasResult = () => happened() === true && result.text().trim() !== '';
  const isComplete = () =>
    happened() !== null && note().trim() !== '' && (!hasResult() || result.problem() === null);
  const settle = () => {
    if (isComplete() && armed()) void submit();
  };
  const issueAt = (path: string) => error()?.issues.find((issue) => issue.path === path)?.message;
  const outputIssues = () =>
    (error()?.issues ?? [])
      .filter(({ path }) => path.startsWith('/output'))
      .map((issue) => ({ ...issue, path: issue.path.slice('/output'.length) }));

  useActions(() => [
    { id: 'settle:send', label: t('Settle'), keys: 'mod+enter', group: 'Page', inInputs: true, run: settle },
  ]);

  return (
    <div class="flex h-full min-h-0 flex-col">
      <div class="flex min-h-0 flex-1 flex-col gap-5 overflow-auto px-5 py-4">
        <OutcomeLead execution={props.execution} />
        <Part title={t('Check with the provider')}>
          <CheckWithTool execution={props.execution} tenant={props.tenant} />
        </Part>
        <Part title={t('Did it happen?')}>
          <div
            role="radiogroup"
            aria-label={t('Did it happen?')}
            class="grid grid-cols-2 gap-2 max-sm:grid-cols-1"
          >
            <For each={choices}>
              {(choice) => (
                <label
                  class="flex items-start gap-2 rounded-md border px-3 py-2 hover:bg-hover"
                  classList={{ 'border-accent': happened() === choice.happened }}
                >
                  <input
                    type="radio"
                    name="happened"
                    class="mt-1"
                    checked={happened() === choice.happened}
                    onChange={() => setHappened(choice.happened)}
                  />
                  <span class="flex flex-col">
                    <span class="font-medium">{choice.title}</span>
                    <span class="text-muted text-sm">{choice.help}</span>
                  </span>
                </label>
              )}
            </For>
          </div>
          <Field label={t('How do you know?')} required error={issueAt('/note')}>
            {(input) => (
              <TextControl
                input={input}
                rows={2}
                maxLength={2000}
                value={note()}
                onInput={setNote}
                placeholder={t('Found in the ledger of the provider as re_123.')}
              />
            )}
          </Field>
          <Show when={happened()}>
            <div class="flex flex-col gap-1">
              <p class="font-medium text-sm">
                {rich`Result ${<span class="font-normal text-faint">{t('optional, as JSON')}</span>}`}
              </p>
              <JsonEditor
                text={result.text()}
                onChange={result.setText}
                issues={outputIssues()}
                label={t('Result as JSON')}
                height="120px"
                onSubmit={settle}
              />
              <Show when={hasResult() && result.problem()}>
                {(problem) => <p class="text-failed text-sm">{problem().message}</p>}
              </Show>
            </div>
          </Show>
        </Part>
      </div>
      <div class="flex shrink-0 flex-col gap-2 border-t px-5 py-2.5">
        <FailureNote failed={t('The outcome was not settled.')} error={error()}>
          <StepLink error={error()} tenant={props.tenant} />
        </FailureNote>
        <div class="flex justify-end gap-2">
          <Button onClick={() => props.onClose()}>{t('Cancel')}</Button>
          <Button
            variant="primary"
            keys="mod+enter"
            busy={busy()}
            disabled={!isComplete()}
            armed={armed()}
            onClick={settle}
          >
            {happened() === null ? t('Settle') : happened() ? t('Mark as done') : t('Mark as not done')}
          </Button>
        </div>
      </div>
    </div>
  );
}

const Part = (props: { title: string; children: JSX.Element }) => (
  <section aria-label={props.title} class="flex flex-col gap-3">
    <h3 class="font-semibold">{props.title}</h3>
    {props.children}
  </section>
);

/** The step of a playbook that waits for the outcome is settled itself. */
function StepLink(props: { error: ApiError | undefined; tenant: string }) {
  const step = () => {
    const { runId, stepId } = props.error?.details ?? {};
    return typeof runId === 'string' && typeof stepId === 'string' ? { runId, stepId } : null;
  };
  return (
    <Show when={step()}>
      {(at) => (
        <Link
          to="/t/$tenant/playbook-runs/$runId"
          params={{ tenant: props.tenant, runId: at().runId }}
          search={{ step: at().stepId }}
          class="text-accent hover:text-accent-hover"
        >
          {t('Open the step')}
        </Link>
      )}
    </Show>
  );
}
