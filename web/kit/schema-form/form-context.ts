import { type Component, createContext, createMemo, createUniqueId, type JSX, useContext } from 'solid-js';
import type { JsonSchema, SchemaField } from './schema-field.ts';

export interface SchemaNodeProps {
  schema: JsonSchema;
  pointer: string;
  name?: string;
  label?: string;
  required: boolean;
  bare?: boolean;
}

/** What the fields of one form share. */
export interface FormContext {
  /** Shows one place by its schema. Passed down, because fields contain fields. */
  Node: Component<SchemaNodeProps>;
  root: () => JsonSchema;
  at: (pointer: string) => unknown;
  /** `undefined` removes the value. */
  set: (pointer: string, value: unknown) => void;
  /** The issue of exactly this place, once it should show. */
  error: (pointer: string) => string | undefined;
  /** What the owner says about a place, below its help. */
  note: (pointer: string) => JSX.Element;
  /** The person has left this field: its issues show from now on. */
  touch: (pointer: string) => void;
  /** A field holds text that is not a value yet, so the document differs from what the page shows. */
  setProblem: (pointer: string, message: string | null) => void;
}

const Context = createContext<FormContext>();
export const FormProvider = Context.Provider;

export function useForm(): FormContext {
  const form = useContext(Context);
  if (!form) throw new Error('A schema field is outside of its form');
  return form;
}

export interface NodeProps<Kind extends SchemaField['kind'] = SchemaField['kind']> {
  schema: JsonSchema;
  field: SchemaField & { kind: Kind };
  pointer: string;
  /** Its title or its name. */
  label: string;
  /** The property's name, when the label is something else. */
  name?: string | undefined;
  required: boolean;
  /** An element of a list: its number is shown instead of a label. */
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
    note: createMemo(() => form.note(props.pointer)),
    set: (next: unknown) => form.set(props.pointer, next),
    touch: () => form.touch(props.pointer),
  };
}

/** Moves the focus to the field of a pointer, or to the nearest field around it. */
export function focusPointer(container: HTMLElement, pointer: string): boolean {
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const place = container.querySelector<HTMLElement>(`[data-pointer="${CSS.escape(at)}"]`);
    const target = place?.querySelector<HTMLElement>('input, select, textarea, button:not([data-help])');
    if (place && target) {
      place.closest('details')?.setAttribute('open', '');
      target.focus({ preventScroll: true });
      place.scrollIntoView({ block: 'center' });
      return true;
    }
    if (at === '') return false;
  }
}
