import { useQueryClient } from '@tanstack/solid-query';
import { createSignal, For, Show } from 'solid-js';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { type ApiError, toApiError } from '../../api/api-error.ts';
import { tenantSlug } from '../../api/tenant.ts';
import { api, type Outputs, queryKey } from '../../api/trpc.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Field, inputClass } from '../../kit/field.tsx';
import { createJsonDocument } from '../../kit/json-editor/json-document.ts';
import { JsonEditor } from '../../kit/json-editor/json-editor.tsx';
import { lineOf } from '../../kit/json-editor/json-position.ts';
import { SubmitKey } from '../../kit/submit-key.tsx';
import { toast } from '../../shell/toasts.tsx';

export type Domain = Outputs['exceptions']['domains']['items'][number];

/** What a new domain starts from: a schema that shows how it is written. */
const example = {
  type: 'object',
  properties: { reference: { type: 'string', title: 'Reference' } },
  required: [],
};

/** A domain and the JSON Schema of its attributes. */
export function DomainDialog(props: { domain: Domain | undefined; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = createSignal(props.domain?.name ?? '');
  const [title, setTitle] = createSignal(props.domain?.title ?? '');
  const document = createJsonDocument(props.domain?.attributeSchema ?? example);
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<ApiError>();
  let form: HTMLFormElement | undefined;

  const issueAt = (pointer: string) => error()?.issues.find((issue) => issue.path === pointer)?.message;
  const schemaIssues = () =>
    (error()?.issues ?? [])
      .filter((issue) => issue.path.startsWith('/attributeSchema'))
      .map((issue) => ({ ...issue, path: issue.path.slice('/attributeSchema'.length) }));
  const problem = () => {
    const found = document.problem();
    if (found) {
      const { line, column } = lineOf(document.text(), found.at);
      return `Line ${line}, column ${column}: ${found.message}`;
    }
    return isObject(document.value()) ? undefined : 'A schema is an object.';
  };
  const ready = () => name() !== '' && title().trim() !== '' && problem() === undefined;

  async function save(): Promise<void> {
    if (busy() || !ready()) return;
    setBusy(true);
    setError(undefined);
    try {
      await api.exceptions.writeDomain.mutate({
        name: name(),
        title: title().trim(),
        attributeSchema: document.value() as Record<string, unknown>,
      });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'exceptions', 'domains') });
      toast(`Domain ${title().trim()} saved`);
      props.onClose();
    } catch (failure) {
      setError(toApiError(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.domain ? `Edit ${props.domain.title}` : 'New domain'}
      description={
        props.domain
          ? 'Exceptions that exist keep the attributes they have; the next change is checked.'
          : undefined
      }
      width="680px"
      footer={
        <>
          <div class="flex-1" />
          <Button onClick={() => props.onClose()}>Cancel</Button>
          <Button
            variant="primary"
            keys="mod+enter"
            busy={busy()}
            disabled={!ready()}
            onClick={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <SubmitKey
        verb="Save the domain"
        onSubmit={() => void save()}
        onOpened={() => form?.querySelector<HTMLElement>('input:enabled')?.focus()}
      />
      <form
        ref={form}
        class="flex flex-col gap-3.5 px-5 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Show when={error()}>
          {(failure) => (
            <p role="alert" class="text-failed">
              Nothing was saved. {failure().message}
            </p>
          )}
        </Show>
        <div class="grid grid-cols-2 gap-3.5">
          <Field label="Title" required error={issueAt('/title')}>
            {(input) => (
              <input
                {...input}
                type="text"
                maxLength={120}
                autocomplete="off"
                placeholder="Payments"
                value={title()}
                onInput={(event) => setTitle(event.currentTarget.value)}
                class={inputClass}
              />
            )}
          </Field>
          <Field
            label="Name"
            required
            error={issueAt('/name')}
            help={props.domain ? undefined : 'Lower-case letters, digits and underscores. It stays.'}
          >
            {(input) => (
              <input
                {...input}
                type="text"
                maxLength={63}
                autocomplete="off"
                spellcheck={false}
                placeholder="payments"
                disabled={props.domain !== undefined}
                value={name()}
                onInput={(event) => setName(event.currentTarget.value)}
                class={`${inputClass} font-mono text-sm`}
              />
            )}
          </Field>
        </div>
        <div class="flex flex-col gap-1">
          <p class="font-medium text-sm">Schema of the attributes</p>
          <JsonEditor
            text={document.text()}
            onChange={document.setText}
            issues={schemaIssues()}
            label="Schema of the attributes"
            height="280px"
            onSubmit={() => void save()}
          />
          <p class="min-h-4 text-failed text-sm" role="status">
            {problem()}
          </p>
          <For each={schemaIssues()}>
            {(issue) => (
              <p class="text-failed text-sm">
                <code class="font-mono">{issue.path || '/'}</code> {issue.message}
              </p>
            )}
          </For>
        </div>
      </form>
    </Dialog>
  );
}
