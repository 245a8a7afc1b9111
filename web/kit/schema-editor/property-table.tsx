import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Plus, X } from 'lucide-solid';
import { createMemo, createSignal, For, Index, Show } from 'solid-js';
import { pointer as pointerTo } from '../../../shared/platform/json-pointer.ts';
import { rich, t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { useDocumentForm } from '../document-form/document-form.ts';
import { inputClass } from '../field.tsx';
import type { JsonSchema } from '../schema-form/schema-field.ts';
import { PropertyDetails } from './property-details.tsx';
import {
  addProperty,
  moveProperty,
  nameProblem,
  type PropertyKind,
  type PropertyRow,
  propertyKinds,
  removeProperty,
  renameProperty,
  rowsOf,
  setKind,
  setProperty,
  setRequired,
  setSecret,
} from './property-rows.ts';

/** The last one has three buttons, which are larger for a finger: on a phone they have a line of their own. */
const columns =
  'grid grid-cols-[20px_minmax(0,3fr)_minmax(0,2.4fr)_64px_56px_88px] items-center gap-2 max-sm:pointer-coarse:grid-cols-[20px_minmax(0,3fr)_minmax(0,2.4fr)_64px_56px] sm:pointer-coarse:grid-cols-[20px_minmax(0,3fr)_minmax(0,2.4fr)_64px_56px_136px]';

/** The properties of an object, one line each; the details of one open below it. */
export function PropertyTable(props: {
  schema: JsonSchema;
  pointer: string;
  label: string;
  /** The word for one property, as in "input". */
  one: string;
  /** A property may be a file. */
  files?: boolean | undefined;
  onChange: (schema: JsonSchema) => void;
}) {
  let list: HTMLDivElement | undefined;
  const rows = createMemo(() => rowsOf(props.schema) ?? []);
  const [opened, setOpened] = createSignal<ReadonlySet<string>>(new Set());
  const toggle = (name: string) =>
    setOpened((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  const add = () => {
    const { schema, name } = addProperty(props.schema);
    props.onChange(schema);
    queueMicrotask(() => {
      const input = list?.querySelector<HTMLInputElement>(`[data-name="${CSS.escape(name)}"]`);
      input?.focus();
      input?.select();
    });
  };
  const move = (name: string, index: number, by: -1 | 1) => {
    props.onChange(moveProperty(props.schema, name, by));
    queueMicrotask(() => {
      const line = list?.querySelectorAll(':scope > [data-line]')[index + by];
      const buttons = line?.querySelectorAll<HTMLButtonElement>(
        '[data-move]:not(:disabled, [aria-disabled="true"])',
      );
      (by < 0 ? buttons?.[0] : buttons?.[buttons.length - 1])?.focus();
    });
  };
  const rename = (from: string, to: string) => {
    setOpened((before) => new Set([...before].map((name) => (name === from ? to : name))));
    props.onChange(renameProperty(props.schema, from, to));
  };
  return (
    <div>
      {/* biome-ignore lint/a11y/useSemanticElements: lines that open into groups of fields are not a table */}
      <div ref={list} role="group" aria-label={props.label} class="border-t">
        <Show when={rows().length > 0}>
          <div class={`${columns} label-caps h-7 border-b`} aria-hidden="true">
            <span />
            <span>{t('Name')}</span>
            <span>{t('Type')}</span>
            <span>{t('Required')}</span>
            <span>{t('Secret')}</span>
            <span />
          </div>
        </Show>
        {/* By index, so that a field keeps the focus while it is renamed. */}
        <Index each={rows()}>
          {(each, index) => (
            <PropertyLine
              row={each()}
              schema={props.schema}
              files={props.files === true}
              pointer={pointerTo(props.pointer, 'properties', each().name)}
              first={index === 0}
              last={index === rows().length - 1}
              open={opened().has(each().name)}
              onToggle={() => toggle(each().name)}
              onRename={(to) => rename(each().name, to)}
              onMove={(by) => move(each().name, index, by)}
              onSchema={props.onChange}
            />
          )}
        </Index>
        <Show when={rows().length === 0}>
          <p class="border-b py-2 text-muted">{rich`No ${() => props.one}s yet.`}</p>
        </Show>
      </div>
      <Button icon={Plus} class="mt-2" onClick={add}>
        {rich`Add ${() => props.one}`}
      </Button>
    </div>
  );
}

function PropertyLine(props: {
  row: PropertyRow;
  /** The schema of the object that has the property. */
  schema: JsonSchema;
  files: boolean;
  pointer: string;
  first: boolean;
  last: boolean;
  open: boolean;
  onToggle: () => void;
  onRename: (to: string) => void;
  onMove: (by: -1 | 1) => void;
  onSchema: (schema: JsonSchema) => void;
}) {
  const form = useDocumentForm();
  const [problem, setProblem] = createSignal<string | null>(null);
  const name = () => props.row.name;
  const change = (property: JsonSchema) => props.onSchema(setProperty(props.schema, name(), property));
  const isOffered = (kind: string) => kind !== 'file' || props.files || props.row.kind === 'file';
  const error = () => problem() ?? form.error(props.pointer, true);
  const description = () =>
    typeof props.row.schema.description === 'string' ? props.row.schema.description : '';
  return (
    <div
      data-line
      data-pointer={props.pointer}
      class="border-b py-1"
      onFocusOut={() => form.touch(props.pointer)}
    >
      <div class={columns}>
        <button
          type="button"
          aria-expanded={props.open}
          aria-label={t`Details of ${name()}`}
          onClick={() => props.onToggle()}
          class="inline-flex size-5 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-text"
        >
          <Show when={props.open} fallback={<ChevronRight size={12} aria-hidden="true" />}>
            <ChevronDown size={12} aria-hidden="true" />
          </Show>
        </button>
        <input
          type="text"
          data-name={name()}
          aria-label={t('Name')}
          aria-invalid={problem() ? 'true' : undefined}
          value={name()}
          autocomplete="off"
          spellcheck={false}
          onInput={(event) => setProblem(nameProblem(props.schema, name(), event.currentTarget.value.trim()))}
          onChange={(event) => {
            const to = event.currentTarget.value.trim();
            if (nameProblem(props.schema, name(), to)) {
              event.currentTarget.value = name();
              setProblem(null);
            } else props.onRename(to);
          }}
          class={`${inputClass} font-mono text-sm`}
        />
        <select
          aria-label={t`Type of ${name()}`}
          value={props.row.kind}
          onChange={(event) => change(setKind(props.row.schema, event.currentTarget.value as PropertyKind))}
          class={inputClass}
        >
          <For each={Object.entries(propertyKinds).filter(([kind]) => isOffered(kind))}>
            {([kind, label]) => (
              <option
                value={kind}
                selected={kind === props.row.kind}
                disabled={kind === 'json' && props.row.kind !== 'json'}
              >
                {label}
              </option>
            )}
          </For>
        </select>
        <span class="flex justify-center">
          <input
            type="checkbox"
            class="accent-accent-fill"
            aria-label={t`${name()} is required`}
            checked={props.row.required}
            onChange={(event) =>
              props.onSchema(setRequired(props.schema, name(), event.currentTarget.checked))
            }
          />
        </span>
        <span class="flex justify-center">
          <input
            type="checkbox"
            class="accent-accent-fill"
            aria-label={t`${name()} is secret`}
            checked={props.row.secret}
            onChange={(event) => change(setSecret(props.row.schema, event.currentTarget.checked))}
          />
        </span>
        <span class="flex justify-end max-sm:pointer-coarse:col-span-full">
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowUp}
            aria-label={t`Move ${name()} up`}
            disabled={props.first}
            data-move
            onClick={() => props.onMove(-1)}
          />
          <Button
            variant="quiet"
            iconOnly
            icon={ArrowDown}
            aria-label={t`Move ${name()} down`}
            disabled={props.last}
            data-move
            onClick={() => props.onMove(1)}
          />
          <Button
            variant="quiet"
            iconOnly
            icon={X}
            aria-label={t`Remove ${name()}`}
            onClick={() => props.onSchema(removeProperty(props.schema, name()))}
          />
        </span>
      </div>
      <Show when={!props.open && description()}>
        <p class="truncate pl-7 text-faint text-sm">{description()}</p>
      </Show>
      <Show when={error()}>
        <p class="pl-7 text-failed text-sm">{error()}</p>
      </Show>
      <Show when={props.open}>
        <div class="py-2 pr-2 pl-7">
          <PropertyDetails row={props.row} pointer={props.pointer} onChange={change} Table={PropertyTable} />
        </div>
      </Show>
    </div>
  );
}
