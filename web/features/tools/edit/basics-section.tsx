import { createMemo, For, Show } from 'solid-js';
import { useCan } from '../../../api/me.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Bound, SelectField, TextField } from '../../../kit/document-form/bound-fields.tsx';
import { FormSection } from '../../../kit/document-form/form-section.tsx';
import { TitleAndName } from '../../../kit/document-form/title-and-name.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { t } from '../../../words/words.ts';
import { configRulesOf } from './providers/config-rules.ts';
import { providerForms } from './providers/registry.ts';
import { useToolForm } from './tool-form-state.ts';

/** What the tool is called and where people find it. */
export function BasicsSection() {
  const form = useToolForm();
  const can = useCan();
  const tools = useQuery(() => queries.tools.list({ scope: 'all', limit: 200 }));
  const categories = createMemo(() =>
    [...new Set((tools.isSuccess ? tools.data.items : []).map((tool) => tool.category))].sort(),
  );
  /** What was set for one type is there again when it is chosen again. */
  const kept = new Map<string, unknown>();
  const setType = (type: string) => {
    kept.set(form.text('/type'), form.at('/config'));
    const rules = configRulesOf({ type });
    const config = kept.get(type) ?? rules?.start;
    const hasAuth = (form.text('/auth/type') || 'none') !== 'none';
    const auth = rules?.auth && !hasAuth ? { auth: { type: rules.auth } } : {};
    form.document.replace({ ...form.value(), type, config, ...auth });
  };
  return (
    <FormSection id="basics" title={t('Basics')}>
      <TitleAndName
        isNew={!form.editing}
        titlePlaceholder={t('Refund a payment')}
        namePlaceholder="refund_payment"
        nameHelp={t('Used by programs and playbooks.')}
      />
      <TextField
        pointer="/description"
        label={t('Description')}
        rows={2}
        placeholder={t('What it does, and what to know before running it')}
      />
      <div class="grid grid-cols-3 gap-3.5 max-sm:grid-cols-1">
        <SelectField
          pointer="/type"
          label={t('Type')}
          options={Object.entries(providerForms).map(([value, { label }]) => ({ value, label }))}
          onChange={setType}
        />
        <TextField pointer="/category" label={t('Category')} list="tool-categories" />
        <datalist id="tool-categories">
          <For each={categories()}>{(category) => <option value={category} />}</For>
        </datalist>
        <TagsField />
      </div>
      <Show when={!form.editing && can('tools.write_global')}>
        <div class="max-w-80">
          <SelectField
            pointer="/scope"
            label={t('Available to')}
            options={[
              { value: 'tenant', label: t('This organization') },
              { value: 'global', label: t('All organizations') },
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
  const read = (text: string) => [
    ...new Set(
      text
        .split(',')
        .map((tag) => tag.trim())
        .filter(Boolean),
    ),
  ];
  return (
    <Bound pointer="/tags" label={t('Tags')} help={t('Separated by commas.')} deep>
      {(input) => (
        <input
          {...input}
          type="text"
          value={tags().join(', ')}
          autocomplete="off"
          onChange={(event) => form.set('/tags', read(event.currentTarget.value))}
          class={inputClass}
        />
      )}
    </Bound>
  );
}
