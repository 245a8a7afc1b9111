import { type Component, For, Match, Show, Switch } from 'solid-js';
import { pointer as pointerTo } from '../../../shared/platform/json-pointer.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { t } from '../../words/words.ts';
import { JsonPart } from '../document-form/json-part.tsx';
import type { JsonSchema } from '../schema-form/schema-field.ts';
import { DefaultValue, ItemsKind, KeywordNumber, KeywordText, Values } from './keyword-fields.tsx';
import { kindOf, type PropertyKind, type PropertyRow, setKeyword, setNullable } from './property-rows.ts';

interface TableProps {
  schema: JsonSchema;
  pointer: string;
  label: string;
  one: string;
  onChange: (schema: JsonSchema) => void;
}

const numberLimits = [
  ['minimum', t('Minimum')],
  ['exclusiveMinimum', t('Greater than')],
  ['maximum', t('Maximum')],
] as const;
/** The keywords that limit the values of a kind by a number. */
const limits: Partial<Record<PropertyKind, readonly (readonly [keyword: string, label: string])[]>> = {
  text: [
    ['minLength', t('Minimum length')],
    ['maxLength', t('Maximum length')],
  ],
  number: numberLimits,
  integer: numberLimits,
  list: [
    ['minItems', t('Minimum items')],
    ['maxItems', t('Maximum items')],
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
            label={t('Label')}
            schema={schema()}
            keyword="title"
            onChange={set}
            placeholder={props.row.name}
          />
          <KeywordText label={t('Description')} schema={schema()} keyword="description" onChange={set} />
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
              label={t('Pattern')}
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
              label={t('Format')}
              schema={schema()}
              keyword="format"
              onChange={set}
              mono
              placeholder="uuid"
            />
            <KeywordText label={t('Example')} schema={schema()} keyword="examples" list onChange={set} />
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
            {t('Allow null')}
          </label>
        </Show>
      </Show>
      <Switch>
        <Match when={kind() === 'object'}>
          <props.Table
            schema={schema()}
            pointer={props.pointer}
            label={t`Fields of ${props.row.name}`}
            one={t('field')}
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
            label={t`Fields of each item of ${props.row.name}`}
            one={t('field')}
            onChange={(items) => set('items', items)}
          />
        </Match>
        <Match when={kind() === 'json'}>
          <JsonPart
            pointer={props.pointer}
            label={t`JSON Schema of ${props.row.name}`}
            height="150px"
            help={t('This field is too complex for the table.')}
          />
        </Match>
      </Switch>
    </div>
  );
}
