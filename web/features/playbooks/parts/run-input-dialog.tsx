import { createSignal, type JSX, Show } from 'solid-js';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { type ApiError, toApiError } from '../../../api/api-error.ts';
import { FailureNote } from '../../../kit/failure-note.tsx';
import { issuesElsewhere } from '../../../kit/schema-form/issues-elsewhere.ts';
import { setAt } from '../../../kit/schema-form/json-edit.ts';
import type { JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { SchemaForm, type SchemaFormHandle } from '../../../kit/schema-form/schema-form.tsx';
import { initialValue } from '../../../kit/schema-form/schema-values.ts';
import { SubmitDialog } from '../../../kit/submit-dialog.tsx';
import { t } from '../../../words/words.ts';
import { inputIssues } from './input-issues.ts';
import { hasFields } from './input-schema.ts';

/** Asks for the input of a playbook and starts a run. */
export function RunInputDialog(props: {
  title: string;
  description: string;
  schema: JsonSchema;
  /** Above the input. */
  children?: JSX.Element;
  /** Where typing begins when the schema has no fields. */
  focusOtherwise?: () => void;
  onClose: () => void;
  onStart: (input: unknown) => Promise<void>;
}) {
  const [input, setInput] = createSignal<unknown>(initialValue(props.schema, props.schema) ?? {});
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [error, setError] = createSignal<ApiError>();
  const [busy, setBusy] = createSignal(false);
  let form: SchemaFormHandle | undefined;

  async function start(): Promise<void> {
    const [invalid] = form?.check() ?? [];
    if (invalid) {
      form?.focus(invalid.path);
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await props.onStart(input());
      props.onClose();
    } catch (failure) {
      const problem = toApiError(failure);
      setIssues(inputIssues(problem.issues));
      setError(problem);
      const [first] = issues();
      if (first) form?.focus(first.path);
    } finally {
      setBusy(false);
    }
  }

  return (
    <SubmitDialog
      title={t`Start ${props.title}`}
      description={props.description || undefined}
      width="560px"
      verb={t('Start playbook')}
      busy={busy()}
      onSubmit={() => void start()}
      onOpened={() => form?.focusFirst() || props.focusOtherwise?.()}
      onClose={props.onClose}
    >
      <div class="flex min-h-48 flex-col gap-3.5 px-5 pb-5">
        <FailureNote
          failed={t('The playbook was not started.')}
          error={error()}
          highlighted={inputIssues(error()?.issues ?? []).length > 0}
        />
        {props.children}
        <Show when={hasFields(props.schema)}>
          <SchemaForm
            schema={props.schema}
            value={input()}
            onChange={(pointer, value) => {
              setInput((before: unknown) => setAt(before, pointer, value));
              setIssues((before) => issuesElsewhere(before, pointer));
            }}
            issues={issues()}
            label={t('Input')}
            handle={(handle) => {
              form = handle;
            }}
          />
        </Show>
      </div>
    </SubmitDialog>
  );
}
