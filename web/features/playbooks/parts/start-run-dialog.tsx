import { useQueryClient } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { Play } from 'lucide-solid';
import { createSignal, createUniqueId, onMount, Show } from 'solid-js';
import { v7 as uuidv7 } from 'uuid';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { toApiError } from '../../../api/api-error.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { useActions } from '../../../kit/actions.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import type { JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { SchemaForm, type SchemaFormHandle } from '../../../kit/schema-form/schema-form.tsx';
import { initialValue } from '../../../kit/schema-form/schema-values.ts';
import { type ChosenException, ExceptionPicker } from './exception-picker.tsx';
import { type Playbook, playbookTitle } from './playbook-words.ts';

/** Starts a run of the published version: its input, and the exception that it is about. */
export function StartRunDialog(props: { playbook: Playbook; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const schema = inputSchemaOf(props.playbook.document);
  const exceptionId = createUniqueId();
  const [exception, setException] = createSignal<ChosenException | null>(null);
  const [input, setInput] = createSignal<unknown>(initialValue(schema, schema) ?? {});
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [refused, setRefused] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  let form: SchemaFormHandle | undefined;
  onMount(() => {
    // Later than the dialog, which gives the focus to its first button, the one that closes it.
    setTimeout(() => form?.focusFirst() || document.getElementById(exceptionId)?.focus(), 50);
  });
  // However often Start is pressed, it is one run.
  const idempotencyKey = uuidv7();

  async function start(): Promise<void> {
    if (busy()) return;
    const [wrong] = form?.check() ?? [];
    if (wrong) return void form?.focus(wrong.path);
    setBusy(true);
    setRefused(null);
    try {
      const run = await api.runs.start.mutate({
        playbookId: props.playbook.id,
        exceptionId: exception()?.id,
        input: input(),
        idempotencyKey,
      });
      void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'runs') });
      void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'playbooks') });
      props.onClose();
      await navigate({
        to: '/t/$tenant/playbook-runs/$runId',
        params: { tenant: tenantSlug(), runId: run.id },
      });
    } catch (error) {
      const problem = toApiError(error);
      setIssues(
        problem.issues.map((issue) => ({ ...issue, path: issue.path.replace(/^\/input(?=\/|$)/, '') })),
      );
      setRefused(problem.message);
      const [first] = issues();
      if (first) form?.focus(first.path);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={`Start ${playbookTitle(props.playbook)}`}
      description={`The run takes v${props.playbook.version} and keeps it to its end.`}
      width="560px"
      footer={
        <>
          <p class="min-w-0 flex-1 text-failed text-sm" role="status">
            {refused()}
          </p>
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button variant="primary" icon={Play} keys="mod+enter" busy={busy()} onClick={() => void start()}>
            Start
          </Button>
        </>
      }
    >
      <StartKey onStart={() => void start()} />
      <div class="flex min-h-48 flex-col gap-3.5 px-5 pb-5">
        <div class="flex flex-col gap-1">
          <label for={exceptionId} class="font-medium text-sm">
            Exception <span class="font-normal text-faint">optional</span>
          </label>
          <ExceptionPicker
            id={exceptionId}
            aria-describedby={`${exceptionId}-help`}
            chosen={exception()}
            onChoose={setException}
          />
          <p id={`${exceptionId}-help`} class="text-faint text-sm">
            The case that the run is about. Steps may take values from it.
          </p>
        </div>
        <Show when={hasFields(schema)}>
          <SchemaForm
            schema={schema}
            value={input()}
            onChange={(pointer, value) => {
              setInput((before: unknown) => setAt(before, pointer, value));
              setIssues([]);
            }}
            issues={issues()}
            label="Input"
            handle={(handle) => {
              form = handle;
            }}
          />
        </Show>
      </div>
    </Dialog>
  );
}

/** Stands inside of the dialog, whose keys are its own. */
function StartKey(props: { onStart: () => void }) {
  useActions(() => [
    {
      id: 'start:confirm',
      label: 'Start',
      keys: 'mod+enter',
      group: 'Page',
      inInputs: true,
      run: () => props.onStart(),
    },
  ]);
  return null;
}

export const inputSchemaOf = (document: Record<string, unknown> | null): JsonSchema =>
  isObject(document?.inputSchema) ? document.inputSchema : { type: 'object' };

/** Is there anything to fill in? */
export const hasFields = (schema: JsonSchema): boolean =>
  !(
    schema.type === 'object' &&
    Object.keys(schema).every((key) => ['type', 'properties', 'additionalProperties'].includes(key)) &&
    Object.keys(isObject(schema.properties) ? schema.properties : {}).length === 0
  );
