import { type Component, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { pointer as pointerTo } from '../../../shared/platform/json-pointer.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { JsonPart } from '../document-form/json-part.tsx';
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
  setNullable,
} from './property-rows.ts';

interface TableProps {
  schema: JsonSchema;
  pointer: string;
  label: string;
  one: string;
  onChange: (schema: JsonSchema) => void;
}

const numberLimits = [
  ['minimum', 'Minimum'],
  ['exclusiveMinimum', 'Greater than'],
  ['maximum', 'Maximum'],
] as const;
/** The keywords that limit the values of a kind by a number. */
const limits: Partial<Record<PropertyKind, readonly (readonly [keyword: string, label: string])[]>> = {
  text: [
    ['minLength', 'Minimum length'],
    ['maxLength', 'Maximum length'],
  ],
  number: numberLimits,
  integer: numberLimits,
  list: [
    ['minItems', 'Minimum items'],
    ['maxItems', 'Maximum items'],
  ],
};

/** The details of a property: description, limits, values, and the properties inside it. */
export function PropertyDetails(props: {
  row: PropertyRow;
  pointer: string;
  onChange: (schema: JsonSchema) => void;
  /** The table, for a property that holds others; passed in to avoid an import cycle. */
  Table: Component<TableProps>;
}) {
  const schema = () => props.row.schema;
  const set = (keyword: string, value: unknown) => props.onChange(setKeyword(schema(), keyword, value));
  const kind = () => props.row.kind;
  const isText = () => kind() === 'text';
  return (
    <div class="flex flex-col gap-3">
      <Show when={kind() !== 'json'}>
        <div class="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
          <KeywordText
            label="Label"
            schema={schema()}
            keyword="title"
            onChange={set}
            placeholder={props.row.name}
          />
          <KeywordText label="Description" schema={schema()} keyword="description" onChange={set} />
        </div>
        <div class="grid grid-cols-3 gap-3 empty:hidden max-sm:grid-cols-1">
          <Show when={kind() === 'list'}>
            <ItemsKind schema={schema()} onChange={props.onChange} />
          </Show>
          <For each={limits[kind()]}>
            {([keyword, label]) => (
              <KeywordNumber label={label} schema={schema()} keyword={keyword} onChange={set} />
            )}
          </For>
          <Show when={isText()}>
            <KeywordText
              label="Pattern"
              schema={schema()}
              keyword="pattern"
              onChange={set}
              mono
              placeholder="^pay_[0-9]+$"
            />
          </Show>
          <DefaultValue row={props.row} onChange={set} />
          <Show when={isText()}>
            <KeywordText
              label="Format"
              schema={schema()}
              keyword="format"
              onChange={set}
              mono
              placeholder="uuid"
            />
            <KeywordText label="Example" schema={schema()} keyword="examples" list onChange={set} />
          </Show>
        </div>
        <Show when={kind() === 'choice'}>
          <Values schema={schema()} onChange={set} />
        </Show>
        <Show when={kind() !== 'any'}>
          <label class="flex w-fit items-center gap-2 text-sm">
            <input
              type="checkbox"
              class="accent-accent-fill"
              checked={props.row.nullable}
              onChange={(event) => props.onChange(setNullable(schema(), event.currentTarget.checked))}
            />
            Allow null
          </label>
        </Show>
      </Show>
      <Switch>
        <Match when={kind() === 'object'}>
          <props.Table
            schema={schema()}
            pointer={props.pointer}
            label={`Fields of ${props.row.name}`}
            one="field"
            onChange={props.onChange}
          />
        </Match>
        <Match
          when={
            kind() === 'list' && isObject(schema().items) && kindOf(schema().items as JsonSchema) === 'object'
          }
        >
          <props.Table
            schema={schema().items as JsonSchema}
            pointer={pointerTo(props.pointer, 'items')}
            label={`Fields of each item of ${props.row.name}`}
            one="field"
            onChange={(items) => set('items', items)}
          />
        </Match>
        <Match when={kind() === 'json'}>
          <JsonPart
            pointer={props.pointer}
            label={`JSON Schema of ${props.row.name}`}
            height="150px"
            help="This field is too complex for the table."
          />
        </Match>
      </Switch>
    </div>
  );
}

interface KeywordProps {
  label: string;
  schema: JsonSchema;
  keyword: string;
  onChange: (keyword: string, value: unknown) => void;
}

function KeywordText(
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

function KeywordNumber(props: KeywordProps) {
  const [wrong, setWrong] = createSignal(false);
  return (
    <Field label={props.label} error={wrong() ? 'Enter a number.' : undefined}>
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

function ItemsKind(props: { schema: JsonSchema; onChange: (schema: JsonSchema) => void }) {
  const items = () => (isObject(props.schema.items) ? props.schema.items : {});
  const kind = () => kindOf(items());
  return (
    <Field label="Item type">
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
function Values(props: { schema: JsonSchema; onChange: (keyword: string, value: unknown) => void }) {
  const values = () =>
    Array.isArray(props.schema.enum) ? props.schema.enum.filter((each) => each !== null) : [];
  const hasNull = () => Array.isArray(props.schema.enum) && props.schema.enum.includes(null);
  return (
    <Field label="Values" help="One on each line.">
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
function DefaultValue(props: {
  row: PropertyRow;
  onChange: (keyword: string, value: unknown) => void;
}): JSX.Element {
  const value = () => props.row.schema.default;
  const kind = () => props.row.kind;
  const options = (): [value: unknown, label: string][] =>
    kind() === 'boolean'
      ? [
          [true, 'Yes'],
          [false, 'No'],
        ]
      : (Array.isArray(props.row.schema.enum) ? props.row.schema.enum : [])
          .filter((each) => typeof each === 'string')
          .map((each) => [each, each]);
  return (
    <Switch>
      <Match when={kind() === 'boolean' || kind() === 'choice'}>
        <Field label="Default">
          {(input) => (
            <select
              {...input}
              value={String(options().findIndex(([each]) => each === value()))}
              onChange={(event) =>
                props.onChange('default', options()[Number(event.currentTarget.value)]?.[0])
              }
              class={inputClass}
            >
              <option value="-1">Not set</option>
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
          label="Default"
          schema={props.row.schema}
          keyword="default"
          onChange={props.onChange}
        />
      </Match>
      <Match when={kind() === 'text' && !props.row.secret}>
        <KeywordText label="Default" schema={props.row.schema} keyword="default" onChange={props.onChange} />
      </Match>
    </Switch>
  );
}
