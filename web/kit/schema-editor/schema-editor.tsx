import { createSignal, Match, Show, Switch } from 'solid-js';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { rich, t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { useDocumentForm } from '../document-form/document-form.ts';
import { JsonPart } from '../document-form/json-part.tsx';
import { setAt } from '../schema-form/json-edit.ts';
import type { JsonSchema } from '../schema-form/schema-field.ts';
import { SchemaForm } from '../schema-form/schema-form.tsx';
import { initialValue } from '../schema-form/schema-values.ts';
import { rowsOf, setKeyword } from './property-rows.ts';
import { PropertyTable } from './property-table.tsx';

/** An object schema as a table of fields, as JSON, and as the form that people see. */
export function SchemaEditor(props: {
  pointer: string;
  label: string;
  /** The word for one property, as in "input". */
  one: string;
  /** A property may be a file: executions keep it, nothing else does. */
  files?: boolean;
  /** Offer a preview of the form. */
  preview?: boolean;
}) {
  const form = useDocumentForm();
  const schema = () => {
    const value = form.at(props.pointer);
    return isObject(value) ? value : {};
  };
  const rows = () => rowsOf(form.at(props.pointer) ?? {});
  const [chosen, setChosen] = createSignal<'table' | 'json' | 'preview'>('table');
  const view = () => (rows() === null && chosen() === 'table' ? 'json' : chosen());
  return (
    <div class="flex flex-col gap-2" data-pointer={props.pointer}>
      <div class="flex items-center gap-1">
        <ViewButton
          pressed={view() === 'table'}
          disabled={rows() === null}
          onClick={() => setChosen('table')}
        >
          {t('Table')}
        </ViewButton>
        <ViewButton pressed={view() === 'json'} onClick={() => setChosen('json')}>
          {t('JSON Schema')}
        </ViewButton>
        <Show when={props.preview}>
          <ViewButton pressed={view() === 'preview'} onClick={() => setChosen('preview')}>
            {t('Preview')}
          </ViewButton>
        </Show>
      </div>
      <Switch>
        <Match when={view() === 'table'}>
          <PropertyTable
            schema={schema()}
            pointer={props.pointer}
            label={props.label}
            one={props.one}
            files={props.files}
            onChange={(next) => form.set(props.pointer, next)}
          />
          <label class="flex w-fit items-center gap-2 text-sm">
            <input
              type="checkbox"
              class="accent-accent-fill"
              checked={schema().additionalProperties !== false}
              onChange={(event) =>
                form.set(
                  props.pointer,
                  setKeyword(
                    schema(),
                    'additionalProperties',
                    event.currentTarget.checked ? undefined : false,
                  ),
                )
              }
            />
            {rich`Allow other ${() => props.one}s`}
          </label>
        </Match>
        <Match when={view() === 'json'}>
          <Show when={rows() === null}>
            <p class="text-muted text-sm">{t('This schema is too complex for the table.')}</p>
          </Show>
          <JsonPart pointer={props.pointer} label={t`${props.label} as JSON Schema`} height="260px" />
        </Match>
        <Match when={view() === 'preview'}>
          <FormPreview schema={schema()} />
        </Match>
      </Switch>
      <Show when={form.error(props.pointer)}>
        <p class="text-failed text-sm">{form.error(props.pointer)}</p>
      </Show>
    </div>
  );
}

function ViewButton(props: { pressed: boolean; disabled?: boolean; onClick: () => void; children: string }) {
  return (
    <Button
      variant="quiet"
      aria-pressed={props.pressed}
      disabled={props.disabled}
      onClick={() => props.onClick()}
      class={props.pressed ? 'bg-hover text-text' : ''}
    >
      {props.children}
    </Button>
  );
}

/** What people see. Values typed here are dropped. */
function FormPreview(props: { schema: JsonSchema }) {
  const [value, setValue] = createSignal<unknown>(initialValue(props.schema, props.schema) ?? {});
  return (
    <div class="rounded-md border border-dashed px-4 py-3">
      <Show when={props.schema} keyed>
        {(schema) => (
          <SchemaForm
            schema={schema}
            value={value()}
            onChange={(pointer, next) => setValue((before: unknown) => setAt(before, pointer, next))}
            issues={[]}
            label={t('Preview of the form')}
          />
        )}
      </Show>
    </div>
  );
}
