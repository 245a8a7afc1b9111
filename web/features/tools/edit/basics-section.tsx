import { useQuery } from '@tanstack/solid-query';
import { createMemo, For, onMount, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { queries } from '../../../api/trpc.ts';
import { FormSection, SelectField, TextArea, TextField } from '../../../kit/document-form/bound-fields.tsx';
import { Field, inputClass } from '../../../kit/field.tsx';
import { nameFromTitle } from './definition-document.ts';
import { useToolForm } from './form-state.ts';

const configs: Record<string, unknown> = {
  http: { method: 'GET', url: '' },
  dummy: { delayMs: 0, response: { ok: true }, failureRate: 1 },
};

/** What it is called and where one finds it. */
export function BasicsSection() {
  const form = useToolForm();
  const can = useCan();
  const tools = useQuery(() => queries.tools.list({ scope: 'all', limit: 200 }));
  const categories = createMemo(() =>
    [...new Set((tools.isSuccess ? tools.data.items : []).map((tool) => tool.category))].sort(),
  );
  /** The name follows the title until the person gives one of their own. */
  const followTitle = (title: string, before: string) => {
    if (form.editing || form.text('/name') !== nameFromTitle(before)) return;
    form.set('/name', nameFromTitle(title));
  };
  // What was set for one type is there again when one comes back to it.
  const kept = new Map<string, unknown>();
  const setType = (type: string) => {
    kept.set(form.text('/type'), form.at('/config'));
    form.document.replace({ ...form.definition(), type, config: kept.get(type) ?? configs[type] });
  };
  let lastTitle = form.text('/title');
  onMount(() => {
    if (!form.editing) setTimeout(() => document.querySelector<HTMLElement>('#basics input')?.focus(), 0);
  });
  return (
    <FormSection id="basics" title="Basics">
      <div class="grid grid-cols-2 gap-3.5 max-sm:grid-cols-1">
        <TextField
          pointer="/title"
          label="Title"
          placeholder="Refund a payment"
          help="What people read in lists."
          onText={(title) => {
            followTitle(title, lastTitle);
            lastTitle = title;
          }}
        />
        <TextField
          pointer="/name"
          label="Name"
          mono
          required
          placeholder="refund_payment"
          help="How programs and playbooks call it."
        />
      </div>
      <TextArea
        pointer="/description"
        label="Description"
        rows={2}
        placeholder="What it does, and what one should know before running it"
      />
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/type"
          label="Type"
          options={[
            { value: 'http', label: 'HTTP request' },
            { value: 'dummy', label: 'Dummy: answers by itself' },
          ]}
          onChange={setType}
        />
        <TextField pointer="/category" label="Category" list="tool-categories" />
        <datalist id="tool-categories">
          <For each={categories()}>{(category) => <option value={category} />}</For>
        </datalist>
        <TagsField />
      </div>
      <Show when={!form.editing && can('tools.write_global')}>
        <div class="max-w-80">
          <SelectField
            pointer="/scope"
            label="For"
            options={[
              { value: 'tenant', label: 'This tenant' },
              { value: 'global', label: 'Every tenant (global)' },
            ]}
          />
        </div>
      </Show>
    </FormSection>
  );
}

function TagsField() {
  const form = useToolForm();
  const tags = () => {
    const value = form.at('/tags');
    return Array.isArray(value) ? value.map(String) : [];
  };
  return (
    <div data-pointer="/tags">
      <Field label="Tags" help="Separated by commas." error={form.error('/tags', true)}>
        {(input) => (
          <input
            {...input}
            type="text"
            value={tags().join(', ')}
            autocomplete="off"
            onChange={(event) =>
              form.set('/tags', [
                ...new Set(
                  event.currentTarget.value
                    .split(',')
                    .map((tag) => tag.trim())
                    .filter(Boolean),
                ),
              ])
            }
            class={inputClass}
          />
        )}
      </Field>
    </div>
  );
}
