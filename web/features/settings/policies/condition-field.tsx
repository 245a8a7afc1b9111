import { createSignal, For, Show } from 'solid-js';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { TextInput } from '../../../kit/text-input.tsx';
import { t } from '../../../words/words.ts';
import { type Comparison, comparisons, type InputField, withComparison } from './policy-form.ts';

/** The condition on the input: written, or put together from the fields of the tool. */
export function ConditionField(props: {
  toolId: string;
  when: string;
  onChange: (when: string) => void;
  error: string | undefined;
}) {
  const tool = useQuery(() => ({ ...queries.tools.get({ id: props.toolId }), enabled: props.toolId !== '' }));
  const fields = () => (props.toolId === '' ? [] : fieldsOf(tool.data?.inputSchema));
  return (
    <div class="flex flex-col gap-2">
      <TextInput
        label={t('Only when')}
        mono
        rows={2}
        spellcheck={false}
        value={props.when}
        onInput={(when) => props.onChange(when)}
        error={props.error}
        placeholder="amount > 500"
        help={t(
          'A JSONata expression over the input. A field without a value does not meet it; an error refuses the call. Empty: every input.',
        )}
      />
      <Show when={fields().length > 0}>
        <ComparisonRow
          fields={fields()}
          onAdd={(...comparison) => props.onChange(withComparison(props.when, ...comparison))}
        />
      </Show>
    </div>
  );
}

function ComparisonRow(props: {
  fields: readonly InputField[];
  onAdd: (field: InputField, comparison: Comparison, value: string) => void;
}) {
  const [name, setName] = createSignal('');
  const [comparison, setComparison] = createSignal<Comparison>('>');
  const [value, setValue] = createSignal('');
  const field = () => props.fields.find((each) => each.name === name()) ?? props.fields[0]!;
  return (
    <fieldset class="flex flex-wrap items-center gap-2">
      <legend class="sr-only">{t('Add a comparison')}</legend>
      <select
        aria-label={t('Field')}
        class={`${inputClass} max-w-48`}
        value={field().name}
        onChange={(event) => setName(event.currentTarget.value)}
      >
        <For each={props.fields}>
          {(each) => (
            <option value={each.name} selected={each.name === field().name}>
              {each.title}
            </option>
          )}
        </For>
      </select>
      <select
        aria-label={t('Comparison')}
        class={`${inputClass} max-w-36`}
        value={comparison()}
        onChange={(event) => setComparison(event.currentTarget.value as Comparison)}
      >
        <For each={Object.entries(comparisons)}>
          {([sign, words]) => (
            <option value={sign} selected={sign === comparison()}>
              {words}
            </option>
          )}
        </For>
      </select>
      <input
        aria-label={t('Value')}
        class={`${inputClass} max-w-36`}
        value={value()}
        onInput={(event) => setValue(event.currentTarget.value)}
      />
      <Button
        disabled={value().trim() === ''}
        onClick={() => {
          props.onAdd(field(), comparison(), value());
          setValue('');
        }}
      >
        {t('Add')}
      </Button>
    </fieldset>
  );
}

function fieldsOf(schema: unknown): InputField[] {
  const properties = isObject(schema) ? schema.properties : undefined;
  if (!isObject(properties)) return [];
  return Object.entries(properties).map(([name, property]) => {
    const { title, type } = isObject(property) ? property : {};
    return { name, title: typeof title === 'string' ? `${title} (${name})` : name, type };
  });
}
