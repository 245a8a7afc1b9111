import { Bound, type BoundProps } from '../../../kit/document-form/bound-fields.tsx';
import { useEditor } from './editor-state.ts';
import { ExpressionInput } from './expression-input.tsx';

/** An expression, or with `template` a text that may contain some. */
export function ExpressionField(
  props: BoundProps & {
    /** The step it belongs to; null: the playbook. */
    stepPath: string | null;
    template?: boolean;
    placeholder?: string;
    rows?: number;
    /** An empty text is left out of the document. */
    optional?: boolean;
  },
) {
  const editor = useEditor();
  return (
    <Bound {...props}>
      {(input) => (
        <ExpressionInput
          {...input}
          value={editor.text(props.pointer)}
          onInput={(text) => editor.set(props.pointer, props.optional && text === '' ? undefined : text)}
          mode={props.template ? 'template' : 'expression'}
          stepPath={props.stepPath}
          placeholder={props.placeholder}
          rows={props.rows}
        />
      )}
    </Bound>
  );
}
