import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import { readJson } from '../../../shared/platform/read-json.ts';
import { t } from '../../words/words.ts';
import { inputClass } from '../field.tsx';
import { formatJson } from '../json-editor/json-document.ts';
import { mapJson, problemWords } from '../json-editor/json-position.ts';
import { FieldFrame } from './field-frame.tsx';
import { type NodeProps, useNode } from './form-context.ts';
import { sameJson } from './json-edit.ts';

type Read = { value: unknown } | { problem: string };

function read(text: string): Read {
  if (text.trim() === '') return { value: undefined };
  const { problem } = mapJson(text);
  if (!problem) return { value: readJson(text) };
  return { problem: problemWords(text, problem) };
}

/** A value as JSON, for schemas without a better field. */
export function JsonField(props: NodeProps<'json'>) {
  const node = useNode(props);
  const [text, setText] = createSignal(formatJson(node.value()));
  createEffect(
    on(
      node.value,
      (value) => {
        const now = read(text());
        if ('problem' in now || !sameJson(now.value, value)) {
          setText(formatJson(value));
          node.form.setProblem(props.pointer, null);
        }
      },
      { defer: true },
    ),
  );
  onCleanup(() => node.form.setProblem(props.pointer, null));
  const onInput = (next: string) => {
    setText(next);
    const now = read(next);
    if ('problem' in now) {
      node.form.setProblem(props.pointer, now.problem);
    } else {
      node.form.setProblem(props.pointer, null);
      node.set(now.value === undefined && props.bare ? null : now.value);
    }
  };
  return (
    <FieldFrame node={props} help={t`${props.field.why} Written as JSON.`}>
      {(input) => (
        <textarea
          {...input}
          rows={Math.min(10, Math.max(2, text().split('\n').length))}
          value={text()}
          onInput={(event) => onInput(event.currentTarget.value)}
          placeholder={'{ }  or  [ ]  or  "text"'}
          spellcheck={false}
          autocomplete="off"
          class={`${inputClass} h-auto py-1 font-mono text-sm`}
        />
      )}
    </FieldFrame>
  );
}
