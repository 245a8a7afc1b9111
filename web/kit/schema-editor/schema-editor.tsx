import { createSignal, Match, Show, Switch } from 'solid-js';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { useToolForm } from '../../features/tools/edit/form-state.ts';
import { Button } from '../button.tsx';
import { JsonPart } from '../document-form/json-part.tsx';
import { setAt } from '../schema-form/json-edit.ts';
import type { JsonSchema } from '../schema-form/schema-field.ts';
import { SchemaForm } from '../schema-form/schema-form.tsx';
import { initialValue } from '../schema-form/schema-values.ts';
import { rowsOf, setKeyword } from './property-rows.ts';
import { PropertyTable } from './property-table.tsx';

/** An object schema as a table of fields, or as JSON where a table does not do it justice. */
export function SchemaEditor(props: { pointer: string; label: string; one: string; preview?: boolean }) {
  const form = useToolForm();
  const schema = () => {
    const value = form.at(props.pointer);
    return isObject(value) ? value : {};
  };
  const rows = () => rowsOf(form.at(props.pointer));
  const [asked, setAsked] = createSignal<'table' | 'json' | 'preview'>('table');
  const view = () => (rows() === null && asked() === 'table' ? 'json' : asked());
  return (
    <div class="flex flex-col gap-2" data-pointer={props.pointer}>
      <div class="flex items-center gap-1">
        <ViewButton pressed={view() === 'table'} disabled={rows() === null} onClick={() => setAsked('table')}>
          Table
        </ViewButton>
        <ViewButton pressed={view() === 'json'} onClick={() => setAsked('json')}>
          JSON Schema
        </ViewButton>
        <Show when={props.preview}>
          <ViewButton pressed={view() === 'preview'} onClick={() => setAsked('preview')}>
            How the form looks
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
            Further {props.one}s, not named here, are allowed
          </label>
        </Match>
        <Match when={view() === 'json'}>
          <Show when={rows() === null}>
            <p class="text-muted text-sm">This schema says more than a table can show.</p>
          </Show>
          <JsonPart pointer={props.pointer} label={`${props.label} as JSON Schema`} height="260px" />
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

/** What a person who runs the tool will see; what is typed here goes nowhere. */
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
            label="The form as it will look"
          />
        )}
      </Show>
    </div>
  );
}
