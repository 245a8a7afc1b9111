import { createSignal, For, type JSX, Match, Switch } from 'solid-js';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { t } from '../../words/words.ts';
import { Field, inputClass } from '../field.tsx';
import { readNumber } from '../schema-form/read-number.ts';
import type { JsonSchema } from '../schema-form/schema-field.ts';
import {
  kindOf,
  type PropertyKind,
  type PropertyRow,
  propertyKinds,
  setKeyword,
  setKind,
} from './property-rows.ts';

interface KeywordProps {
  label: string;
  schema: JsonSchema;
  keyword: string;
  onChange: (keyword: string, value: unknown) => void;
}

export function KeywordText(
  props: KeywordProps & {
    mono?: boolean;
    placeholder?: string /** The keyword is a list; edits its first value. */;
    list?: boolean;
  },
) {
  const value = () => {
    const found = props.schema[props.keyword];
    const one: unknown = props.list && Array.isArray(found) ? found[0] : found;
    return typeof one === 'string' ? one : '';
  };
  return (
    <Field label={props.label}>
      {(input) => (
        <input
          {...input}
          type="text"
          value={value()}
          placeholder={props.placeholder}
          autocomplete="off"
          spellcheck={!props.mono}
          onInput={(event) => {
            const text = event.currentTarget.value;
            props.onChange(props.keyword, props.list ? (text ? [text] : undefined) : text);
          }}
          class={`${inputClass} ${props.mono ? 'font-mono text-sm' : ''}`}
        />
      )}
    </Field>
  );
}

export function KeywordNumber(props: KeywordProps) {
  const [wrong, setWrong] = createSignal(false);
  return (
    <Field label={props.label} error={wrong() ? t('Enter a number.') : undefined}>
      {(input) => (
        <input
          {...input}
          type="text"
          inputmode="decimal"
          value={typeof props.schema[props.keyword] === 'number' ? String(props.schema[props.keyword]) : ''}
          autocomplete="off"
          onChange={(event) => {
            const value = readNumber(event.currentTarget.value);
            setWrong(typeof value === 'string');
            if (typeof value !== 'string') props.onChange(props.keyword, value);
          }}
          class={`${inputClass} text-right`}
        />
      )}
    </Field>
  );
}

const itemKinds: PropertyKind[] = [
  'text',
  'integer',
  'number',
  'boolean',
  'date',
  'email',
  'uri',
  'object',
  'any',
];

export function ItemsKind(props: { schema: JsonSchema; onChange: (schema: JsonSchema) => void }) {
  const items = () => (isObject(props.schema.items) ? props.schema.items : {});
  const kind = () => kindOf(items());
  return (
    <Field label={t('Item type')}>
      {(input) => (
        <select
          {...input}
          value={kind()}
          onChange={(event) =>
            props.onChange(
              setKeyword(props.schema, 'items', setKind(items(), event.currentTarget.value as PropertyKind)),
            )
          }
          class={inputClass}
        >
          <For each={itemKinds.includes(kind()) ? itemKinds : [...itemKinds, kind()]}>
            {(each) => (
              <option value={each} selected={each === kind()}>
                {propertyKinds[each]}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  );
}

/** The allowed values, one on each line. */
export function Values(props: { schema: JsonSchema; onChange: (keyword: string, value: unknown) => void }) {
  const values = () =>
    Array.isArray(props.schema.enum) ? props.schema.enum.filter((each) => each !== null) : [];
  const hasNull = () => Array.isArray(props.schema.enum) && props.schema.enum.includes(null);
  return (
    <Field label={t('Values')} help={t('One on each line.')}>
      {(input) => (
        <textarea
          {...input}
          rows={Math.min(8, Math.max(3, values().length + 1))}
          value={values().join('\n')}
          spellcheck={false}
          onChange={(event) => {
            const lines = event.currentTarget.value.split('\n').map((line) => line.trim());
            const next: unknown[] = [...new Set(lines.filter(Boolean))];
            props.onChange('enum', hasNull() ? [...next, null] : next);
          }}
          class={`${inputClass} h-auto max-w-80 py-1 font-mono text-sm`}
        />
      )}
    </Field>
  );
}

/** The value that the form starts with. */
export function DefaultValue(props: {
  row: PropertyRow;
  onChange: (keyword: string, value: unknown) => void;
}): JSX.Element {
  const value = () => props.row.schema.default;
  const kind = () => props.row.kind;
  const options = (): [value: unknown, label: string][] =>
    kind() === 'boolean'
      ? [
          [true, t('Yes')],
          [false, t('No')],
        ]
      : (Array.isArray(props.row.schema.enum) ? props.row.schema.enum : [])
          .filter((each) => typeof each === 'string')
          .map((each) => [each, each]);
  return (
    <Switch>
      <Match when={kind() === 'boolean' || kind() === 'choice'}>
        <Field label={t('Default')}>
          {(input) => (
            <select
              {...input}
              value={String(options().findIndex(([each]) => each === value()))}
              onChange={(event) =>
                props.onChange('default', options()[Number(event.currentTarget.value)]?.[0])
              }
              class={inputClass}
            >
              <option value="-1">{t('Not set')}</option>
              <For each={options()}>
                {([each, label], index) => (
                  <option value={String(index())} selected={each === value()}>
                    {label}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      </Match>
      <Match when={kind() === 'number' || kind() === 'integer'}>
        <KeywordNumber
          label={t('Default')}
          schema={props.row.schema}
          keyword="default"
          onChange={props.onChange}
        />
      </Match>
      <Match when={kind() === 'text' && !props.row.secret}>
        <KeywordText
          label={t('Default')}
          schema={props.row.schema}
          keyword="default"
          onChange={props.onChange}
        />
      </Match>
    </Switch>
  );
}
