import { inputClass } from '../field.tsx';
import { createTypedText } from '../schema-form/typed-text.ts';
import { Bound, type BoundProps } from './bound-fields.tsx';
import { useDocumentForm } from './document-form.ts';
import { durationOf, textOfDuration } from './duration-text.ts';

/** "4 h" for the person, `PT4H` in the document. */
export function DurationField(props: BoundProps & { placeholder?: string }) {
  const form = useDocumentForm();
  const stored = () => form.text(props.pointer);
  const [text, setText] = createTypedText(stored, durationOf, (value) => textOfDuration(String(value)));
  return (
    <Bound {...props}>
      {(input) => (
        <input
          {...input}
          type="text"
          value={text()}
          onInput={(event) => {
            setText(event.currentTarget.value);
            form.set(props.pointer, durationOf(event.currentTarget.value) || undefined);
          }}
          onBlur={() => setText(textOfDuration(stored()))}
          placeholder={props.placeholder ?? '4 h'}
          autocomplete="off"
          spellcheck={false}
          class={inputClass}
        />
      )}
    </Bound>
  );
}
