import { Show } from 'solid-js';
import { isNumber } from '../../../shared/platform/json.ts';
import { inputClass } from '../field.tsx';
import { readNumber } from '../schema-form/read-number.ts';
import { createTypedText } from '../schema-form/typed-text.ts';
import { Bound, type BoundProps } from './bound-fields.tsx';
import { useDocumentForm } from './document-form.ts';

const rounded = (value: number) => Number(value.toFixed(6));

/** A number. `scale` is how many stored units make one shown unit (1000: milliseconds shown as seconds). */
export function NumberField(props: BoundProps & { unit?: string; scale?: number; placeholder?: string }) {
  const form = useDocumentForm();
  const scale = () => props.scale ?? 1;
  const read = (text: string): unknown => {
    const value = readNumber(text);
    return isNumber(value) ? rounded(Number(value) * scale()) : value;
  };
  const show = (value: unknown) =>
    isNumber(value) ? String(rounded(Number(value) / scale())) : value === undefined ? '' : String(value);
  const [text, setText] = createTypedText(() => form.at(props.pointer), read, show);
  return (
    <Bound {...props}>
      {(input) => (
        <div class="flex items-center gap-2">
          <input
            {...input}
            type="text"
            inputmode="decimal"
            value={text()}
            onInput={(event) => {
              setText(event.currentTarget.value);
              form.set(props.pointer, read(event.currentTarget.value));
            }}
            placeholder={props.placeholder}
            autocomplete="off"
            class={`${inputClass} text-right`}
          />
          <Show when={props.unit}>
            <span class="shrink-0 text-muted">{props.unit}</span>
          </Show>
        </div>
      )}
    </Bound>
  );
}
