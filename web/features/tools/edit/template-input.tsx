import { Bound, type BoundProps } from '../../../kit/document-form/bound-fields.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { useToolForm } from './tool-form-state.ts';

/** A text that may take `{input}`s: the chips insert a name at its cursor. */
export function TemplateInput(props: {
  id?: string;
  value: string;
  onChange: (value: string) => void;
  label?: string;
  placeholder?: string;
  rows?: number;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: 'true' | undefined;
}) {
  const form = useToolForm();
  let element: HTMLInputElement | HTMLTextAreaElement | undefined;
  const insert = (text: string) => {
    if (!element) return;
    const from = element.selectionStart ?? element.value.length;
    const to = element.selectionEnd ?? from;
    props.onChange(`${element.value.slice(0, from)}${text}${element.value.slice(to)}`);
    element.focus();
    element.setSelectionRange(from + text.length, from + text.length);
  };
  const attributes = () => ({
    id: props.id,
    value: props.value,
    placeholder: props.placeholder,
    'aria-label': props.label,
    'aria-describedby': props['aria-describedby'],
    'aria-invalid': props['aria-invalid'],
    spellcheck: false,
    onFocus: () => form.setTarget({ insert }),
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      props.onChange(event.currentTarget.value),
  });
  return props.rows ? (
    <textarea
      ref={(each) => {
        element = each;
      }}
      rows={props.rows}
      {...attributes()}
      class={`${inputClass} h-auto py-1 font-mono text-sm`}
    />
  ) : (
    <input
      ref={(each) => {
        element = each;
      }}
      type="text"
      autocomplete="off"
      {...attributes()}
      class={`${inputClass} font-mono text-sm`}
    />
  );
}

/** The same, bound to its place in the definition. */
export function TemplateField(props: BoundProps & { placeholder?: string; rows?: number }) {
  const form = useToolForm();
  return (
    <Bound {...props}>
      {(input) => (
        <TemplateInput
          {...input}
          value={form.text(props.pointer)}
          onChange={(text) => form.set(props.pointer, text)}
          placeholder={props.placeholder}
          rows={props.rows}
        />
      )}
    </Bound>
  );
}
