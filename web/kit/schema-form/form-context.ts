import { type Component, createContext, createMemo, createUniqueId, useContext } from 'solid-js';
import type { JsonSchema, SchemaField } from './schema-field.ts';

export interface SchemaNodeProps {
  schema: JsonSchema;
  pointer: string;
  name?: string;
  label?: string;
  required: boolean;
  bare?: boolean;
}

/** What every field of one form shares. */
export interface FormContext {
  /** Shows one place by its schema. Handed down, since fields hold further fields. */
  Node: Component<SchemaNodeProps>;
  root: () => JsonSchema;
  at: (pointer: string) => unknown;
  /** `undefined` removes the value. */
  set: (pointer: string, value: unknown) => void;
  /** What is wrong at exactly this place, as far as it should be said yet. */
  error: (pointer: string) => string | undefined;
  /** The person has left this field: from now on its mistakes are said. */
  touch: (pointer: string) => void;
  /** A field holds text that is no value yet, so the document does not say what is on the screen. */
  setProblem: (pointer: string, message: string | null) => void;
}

const Context = createContext<FormContext>();
export const FormProvider = Context.Provider;

export function useForm(): FormContext {
  const form = useContext(Context);
  if (!form) throw new Error('A schema field stands outside of its form');
  return form;
}

export interface NodeProps<Kind extends SchemaField['kind'] = SchemaField['kind']> {
  schema: JsonSchema;
  field: SchemaField & { kind: Kind };
  pointer: string;
  /** The words for it: its title or its name. */
  label: string;
  /** The property's name, when the label is something else. */
  name?: string | undefined;
  required: boolean;
  /** An element of a list: its number is label enough for the eye. */
  bare?: boolean | undefined;
}

/** Value, error and change of one place, for one field. */
export function useNode(props: { pointer: string }) {
  const form = useForm();
  const id = createUniqueId();
  const value = createMemo(() => form.at(props.pointer));
  return {
    id,
    value,
    form,
    error: () => form.error(props.pointer),
    set: (next: unknown) => form.set(props.pointer, next),
    touch: () => form.touch(props.pointer),
  };
}

/** Moves the focus to the field that a pointer is about, or to the nearest one around it. */
export function focusPointer(container: HTMLElement, pointer: string): boolean {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = container.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(at)}"]`);
    const target = place?.querySelector<HTMLElement>('input, select, textarea, button');
    if (place && target) {
      place.closest('details')?.setAttribute('open', '');
      target.focus({ preventScroll: true });
      place.scrollIntoView({ block: 'center' });
      return true;
    }
    if (at === '') return false;
  }
}
