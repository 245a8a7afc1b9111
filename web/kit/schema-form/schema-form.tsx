import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { Issue } from '../../../shared/platform/error-codes.ts';
import { said } from '../../words/said.ts';
import { t } from '../../words/words.ts';
import { checkValue } from './check-value.ts';
import { FormProvider, focusPointer } from './form-context.ts';
import { getAt, isWithin } from './json-edit.ts';
import type { JsonSchema } from './schema-field.ts';
import { SchemaNode } from './schema-node.tsx';
import { whenPointerIsUp } from './when-pointer-is-up.ts';

/** What the owner of a form can do with it. */
export interface SchemaFormHandle {
  /** Moves to the field that a pointer is about. */
  focus: (pointer: string) => boolean;
  /** Moves to the first input. @returns whether there is one */
  focusFirst: () => boolean;
  /** Shows every issue that the page can find, also of fields that were not visited. */
  check: () => Issue[];
}

/**
 * A form made from a JSON Schema for a value that the owner holds. `issues` come from the server; the owner drops them
 * when their place changes.
 */
export function SchemaForm(props: {
  schema: JsonSchema;
  value: unknown;
  onChange: (pointer: string, value: unknown) => void;
  issues: readonly Issue[];
  /** Shown with the field of a place. */
  note?: ((pointer: string) => JSX.Element) | undefined;
  label: string;
  handle?: (handle: SchemaFormHandle) => void;
}) {
  let container: HTMLDivElement | undefined;
  const [touched, setTouched] = createSignal<ReadonlySet<string>>(new Set());
  const [problems, setProblems] = createSignal<ReadonlyMap<string, string>>(new Map());
  const [all, setAll] = createSignal(false);

  const local = createMemo(() => checkValue(props.schema, props.schema, props.value));
  const messages = createMemo(() => {
    const found = new Map<string, string>();
    for (const issue of props.issues) found.set(issue.path, said(issue.message));
    for (const issue of local()) {
      if ((all() || touched().has(issue.path)) && !found.has(issue.path))
        found.set(issue.path, said(issue.message));
    }
    for (const [pointer, message] of problems()) found.set(pointer, message);
    return new Map([...found].map(([pointer, message]) => [pointer, sentence(message)]));
  });
  /** Issues without a field show at the top. */
  const unplaced = createMemo(() => props.issues.filter((issue) => issue.path === ''));

  props.handle?.({
    focus: (pointer) => (container ? focusPointer(container, pointer) : false),
    focusFirst: () => {
      const first = container?.querySelector<HTMLElement>('input:not([readonly]), select, textarea, button');
      first?.focus({ preventScroll: true });
      return first !== undefined && first !== null;
    },
    check: () => {
      setAll(true);
      const broken = [...problems()].map(([path, message]) => ({ path, message, keyword: 'json' }));
      return [...broken, ...local()];
    },
  });

  return (
    <FormProvider
      value={{
        Node: SchemaNode,
        root: () => props.schema,
        at: (pointer) => getAt(props.value, pointer),
        set: (pointer, value) => props.onChange(pointer, value),
        error: (pointer) => messages().get(pointer),
        note: (pointer) => props.note?.(pointer),
        touch: (pointer) =>
          whenPointerIsUp(() =>
            setTouched((before) => (before.has(pointer) ? before : new Set([...before, pointer]))),
          ),
        setProblem: (pointer, message) =>
          setProblems((before) => {
            if (before.get(pointer) === (message ?? undefined)) return before;
            const next = new Map([...before].filter(([at]) => !isWithin(at, pointer)));
            if (message) next.set(pointer, message);
            return next;
          }),
      }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a form element would submit on Enter; the owner decides what Enter does */}
      <div ref={container} role="group" aria-label={props.label} class="flex min-w-0 flex-col gap-3.5">
        <For each={unplaced()}>
          {(issue) => (
            <p role="alert" class="text-failed text-sm">
              {said(issue.message)}
            </p>
          )}
        </For>
        <SchemaNode schema={props.schema} pointer="" label={props.label} required bare />
        <Show when={isEmptyForm(props.schema)}>
          <p class="text-muted">{t('No input needed.')}</p>
        </Show>
      </div>
    </FormProvider>
  );
}

/** Of a message of the page or the server. */
const sentence = (message: string) => (/[.!?]$/.test(message) ? message : `${message}.`);

const isEmptyForm = (schema: JsonSchema) =>
  schema.type === 'object' &&
  schema.additionalProperties === false &&
  Object.keys((schema.properties as object | undefined) ?? {}).length === 0;
