import { Show } from 'solid-js';
import { isObject } from '../../../../../shared/platform/schema-properties.ts';
import { SchemaForm } from '../../../../kit/schema-form/schema-form.tsx';
import { useEditor } from '../editor-state.ts';
import { JsonPart } from '../json-part.tsx';

const start = () => ({
  type: 'object',
  required: ['note'],
  properties: { note: { type: 'string', title: 'Note' } },
});

/** A form as a JSON Schema, and beside it as whoever fills it in will see it. */
export function FormFields(props: { pointer: string; what: string }) {
  const editor = useEditor();
  const schema = () => {
    const value = editor.at(props.pointer);
    return isObject(value) ? value : undefined;
  };
  return (
    <Show
      when={schema()}
      fallback={
        <div data-pointer={props.pointer}>
          <button
            type="button"
            class="text-accent hover:text-accent-hover"
            onClick={() => editor.set(props.pointer, start())}
          >
            Add a form
          </button>
          <span class="ml-2 text-faint">{props.what}</span>
        </div>
      }
    >
      {(form) => (
        <fieldset class="min-w-0">
          <legend class="w-full pb-1 font-medium text-sm">
            Form
            <button
              type="button"
              class="ml-3 font-normal text-muted hover:text-text"
              onClick={() => editor.set(props.pointer, undefined)}
            >
              Remove the form
            </button>
          </legend>
          <div class="grid grid-cols-2 gap-4 max-xl:grid-cols-1">
            <JsonPart pointer={props.pointer} label="Form as JSON Schema" height="200px" help={props.what} />
            <div class="max-h-56 overflow-auto rounded-md bg-sunken px-3 py-2.5">
              <SchemaForm
                schema={form()}
                value={{}}
                onChange={() => {}}
                issues={[]}
                label="Preview of the form"
              />
            </div>
          </div>
        </fieldset>
      )}
    </Show>
  );
}
