import { createEffect, createSignal, on } from 'solid-js';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import { Bound, type BoundProps } from '../../../../../kit/document-form/bound-fields.tsx';
import { sameJson } from '../../../../../kit/schema-form/json-edit.ts';
import { TemplateInput } from '../../template-input.tsx';
import { useToolForm } from '../../tool-form-state.ts';

/** Addresses, one on each line. */
export function AddressLines(props: BoundProps & { placeholder?: string }) {
  const form = useToolForm();
  const saved = () => form.at(props.pointer);
  // A line that is empty is on the page but not in the document.
  const [text, setText] = createSignal(textOf(saved()));
  createEffect(
    on(
      saved,
      (value) => {
        if (!sameJson(addressesOf(text()) ?? '', addressesOf(textOf(value)) ?? '')) setText(textOf(value));
      },
      { defer: true },
    ),
  );
  const change = (next: string) => {
    setText(next);
    form.set(props.pointer, addressesOf(next));
  };
  return (
    <Bound {...props} deep>
      {(input) => (
        <TemplateInput
          {...input}
          value={text()}
          rows={text().includes('\n') ? Math.min(6, text().split('\n').length) : 1}
          onChange={change}
          placeholder={props.placeholder}
        />
      )}
    </Bound>
  );
}

function textOf(value: unknown): string {
  const all = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return all.map(lineOf).join('\n');
}

function lineOf(value: unknown): string {
  if (!isObject(value)) return String(value);
  const { name, address } = value;
  return name ? `${String(name)} <${String(address)}>` : String(address);
}

function addressesOf(text: string): string | string[] | undefined {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.length > 1 ? lines : lines[0];
}
