import { X } from 'lucide-solid';
import { createMemo, createUniqueId, For, type JSX, Show } from 'solid-js';
import { pointer as pointerTo } from '../../../../shared/platform/json-pointer.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { Button } from '../../../kit/button.tsx';
import { JsonPart } from '../../../kit/document-form/json-part.tsx';
import { sameJson } from '../../../kit/schema-form/json-edit.ts';
import type { JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { createTypedText } from '../../../kit/schema-form/typed-text.ts';
import { rich, t } from '../../../words/words.ts';
import { useEditor } from './editor-state.ts';
import { ExpressionInput } from './expression-input.tsx';
import { type MappingRow, mappingRows, textOfValue, valueOfText } from './mapping-value.ts';

/** The input of a tool or playbook: one line for each property, with a value or an expression. */
export function InputMapping(props: {
  pointer: string;
  stepPath: string;
  schema: JsonSchema | null;
  /** Shown while the schema is not known. */
  none: JSX.Element;
}) {
  const editor = useEditor();
  const input = () => editor.at(props.pointer);
  const given = (): Record<string, unknown> => {
    const value = input();
    return isObject(value) ? value : {};
  };
  const rows = createMemo(() => {
    const known =
      props.schema && (input() === undefined || isObject(input())) ? mappingRows(props.schema) : null;
    if (!known) return null;
    const names = new Set(known.map(({ name }) => name));
    const extra = Object.keys(given()).filter((name) => !names.has(name));
    return [
      ...known.map((row) => ({ ...row, unknown: false })),
      ...extra.map((name) => ({
        name,
        type: 'any',
        kind: 'json' as const,
        required: false,
        description: '',
        choices: [],
        unknown: true,
      })),
    ];
  });
  // Keyed by name, so that a new list keeps what is being typed.
  const names = createMemo(() => rows()?.map(({ name }) => name) ?? [], [], { equals: sameJson });
  const rowOf = (name: string) => rows()?.find((row) => row.name === name);
  return (
    <fieldset class="min-w-0" data-pointer={props.pointer}>
      <legend class="pb-1 font-medium text-sm">{t('Input')}</legend>
      <Show
        when={rows()}
        fallback={
          <Show when={props.schema === null && props.none} fallback={<RawInput pointer={props.pointer} />}>
            <p class="text-muted">{props.none}</p>
            <Show when={Object.keys(given()).length > 0}>
              <RawInput pointer={props.pointer} />
            </Show>
          </Show>
        }
      >
        <div class="border-t">
          <For each={names()} fallback={<p class="py-1.5 text-muted">{t('No input needed.')}</p>}>
            {(name) => (
              <Show when={rowOf(name)}>
                {(row) => (
                  <Row row={row()} pointer={pointerTo(props.pointer, name)} stepPath={props.stepPath} />
                )}
              </Show>
            )}
          </For>
        </div>
        <Show when={editor.error(props.pointer)}>
          {(error) => <p class="pt-1 text-failed text-sm">{error()}</p>}
        </Show>
        <p class="pt-1 text-faint text-sm">{rich`A value, or ${<code class="font-mono">{'${{ expression }}'}</code>}. Press arrow down for suggestions.`}</p>
      </Show>
    </fieldset>
  );
}

const RawInput = (props: { pointer: string }) => (
  <JsonPart
    pointer={props.pointer}
    label={t('Input as JSON')}
    height="140px"
    help={'Texts may contain ${{ expressions }}.'}
  />
);

function Row(props: { row: MappingRow & { unknown: boolean }; pointer: string; stepPath: string }) {
  const editor = useEditor();
  const id = createUniqueId();
  const kind = () => props.row.kind;
  const [text, setText] = createTypedText(
    () => editor.at(props.pointer),
    (typed) => valueOfText(typed, kind()),
    textOfValue,
  );
  const error = () => editor.error(props.pointer, true);
  return (
    <div
      data-pointer={props.pointer}
      onFocusOut={() => editor.touch(props.pointer)}
      class="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 border-b py-1.5"
    >
      <div class="min-w-0 pt-1">
        <label for={id} class="flex flex-wrap items-baseline gap-x-2">
          <code class="break-all font-mono text-sm">{props.row.name}</code>
          <span class="text-faint text-sm">{props.row.type}</span>
          <Show when={props.row.required}>
            <span class="text-faint text-sm">{t('required')}</span>
          </Show>
          <Show when={props.row.unknown}>
            <span class="text-sm text-unknown">{t('not an input')}</span>
          </Show>
        </label>
        <Show when={props.row.description}>
          <p id={`${id}-help`} class="line-clamp-2 text-muted text-sm" title={props.row.description}>
            {props.row.description}
          </p>
        </Show>
      </div>
      <div class="min-w-0">
        <div class="flex items-start gap-1">
          <div class="min-w-0 flex-1">
            <ExpressionInput
              id={id}
              aria-describedby={
                [props.row.description ? `${id}-help` : '', error() ? `${id}-error` : '']
                  .filter(Boolean)
                  .join(' ') || undefined
              }
              aria-invalid={error() ? 'true' : undefined}
              value={text()}
              onInput={(next) => {
                setText(next);
                editor.set(props.pointer, valueOfText(next, kind()));
              }}
              mode="template"
              stepPath={props.stepPath}
              choices={props.row.choices}
              placeholder={props.row.required ? '' : t('Not set')}
            />
          </div>
          <Show when={props.row.unknown}>
            <Button
              variant="quiet"
              iconOnly
              icon={X}
              aria-label={t`Remove ${props.row.name}`}
              onClick={() => editor.set(props.pointer, undefined)}
            />
          </Show>
        </div>
        <Show when={error()}>
          <p id={`${id}-error`} class="pt-0.5 text-failed text-sm">
            {error()}
          </p>
        </Show>
      </div>
    </div>
  );
}
