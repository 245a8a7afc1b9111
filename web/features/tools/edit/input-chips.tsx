import { Plus } from 'lucide-solid';
import { createMemo, For, Show } from 'solid-js';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { setRequired } from '../../../kit/schema-editor/property-rows.ts';
import { counted, t } from '../../../words/words.ts';
import { unknownInputs } from './definition-document.ts';
import { useToolForm } from './tool-form-state.ts';

/** The inputs, to insert into the focused field; and names that templates use although they are not inputs. */
export function InputChips() {
  const form = useToolForm();
  const missing = createMemo(() => unknownInputs(form.value()));
  const add = (name: string) => {
    const inputs = form.at('/inputSchema');
    const schema = isObject(inputs) ? inputs : {};
    const properties = isObject(schema.properties) ? schema.properties : {};
    const next = { ...schema, type: 'object', properties: { ...properties, [name]: { type: 'string' } } };
    form.set('/inputSchema', setRequired(next, name, true));
  };
  return (
    <div class="flex flex-col gap-1.5">
      <div class="flex flex-wrap items-center gap-1.5 text-sm">
        <span class="text-muted">{t('Insert an input:')}</span>
        <For
          each={form.inputs()}
          fallback={<span class="text-faint">{t('None yet. Add them under Inputs.')}</span>}
        >
          {(name) => (
            <button
              type="button"
              // The cursor stays where it is.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => form.insert(name)}
              aria-label={t`Insert ${name}`}
              class="h-6 rounded-md bg-accent-soft px-1.5 font-mono text-accent hover:brightness-95"
            >
              {`{${name}}`}
            </button>
          )}
        </For>
      </div>
      <Show when={missing().length > 0}>
        <div class="flex flex-wrap items-center gap-1.5 text-sm" role="status">
          <span class="text-unknown">{counted(missing().length, 'Not an input yet:|Not inputs yet:')}</span>
          <For each={missing()}>
            {(each) => (
              <button
                type="button"
                onClick={() => add(each.name)}
                aria-label={t`Add the input ${each.name}`}
                class="inline-flex h-6 items-center gap-1 rounded-md border border-line-strong border-dashed px-1.5 font-mono hover:bg-hover"
              >
                <Plus size={12} aria-hidden="true" />
                {each.name}
              </button>
            )}
          </For>
        </div>
      </Show>
    </div>
  );
}
