import { Plus, X } from 'lucide-solid';
import { createMemo, createSignal, For, Index, Show } from 'solid-js';
import { pointer as pointerTo } from '../../../shared/platform/json-pointer.ts';
import { isObject } from '../../../shared/platform/schema-properties.ts';
import { inSentence, t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { inputClass } from '../field.tsx';
import { NullToggle } from './field-frame.tsx';
import { type NodeProps, useNode } from './form-context.ts';
import { GroupFrame } from './group-frame.tsx';
import type { JsonSchema } from './schema-field.ts';
import { emptyItem, initialValue } from './schema-values.ts';

/** The named properties, and entries under names that the person chooses where the schema allows them. */
export function ObjectField(props: NodeProps<'object'>) {
  const node = useNode(props);
  const isRoot = () => props.pointer === '';
  const present = () => isObject(node.value());
  const add = () => node.set(initialValue(node.form.root(), props.schema) ?? {});
  const body = () => (
    <div class="flex min-w-0 flex-col gap-3.5">
      <For each={props.field.properties}>
        {(property) => (
          <node.form.Node
            schema={property.schema}
            pointer={pointerTo(props.pointer, property.name)}
            name={property.name}
            required={property.required}
          />
        )}
      </For>
      <Show when={props.field.values}>{(values) => <MapEntries node={props} values={values()} />}</Show>
      <Strays node={props} />
    </div>
  );
  return (
    <Show when={!isRoot()} fallback={body()}>
      <GroupFrame
        node={props}
        aside={
          (props.field.nullable || (!props.required && !props.bare)) && (
            <>
              <Show when={props.field.nullable}>
                <NullToggle
                  label={props.label}
                  checked={node.value() === null}
                  onChange={(on) => node.set(on ? null : {})}
                />
              </Show>
              <Show when={!props.required && !props.bare && present()}>
                <Button
                  variant="quiet"
                  icon={X}
                  onClick={() => node.set(undefined)}
                  aria-label={t`Remove ${props.label}`}
                >
                  {t('Remove')}
                </Button>
              </Show>
            </>
          )
        }
      >
        <Show
          when={present() || props.required || props.bare || props.field.properties.length === 0}
          fallback={
            <Button icon={Plus} onClick={add}>
              {t`Add ${inSentence(props.label)}`}
            </Button>
          }
        >
          {/* Lists and choices have a line already. */}
          <div classList={{ 'border-line-strong border-l pl-3': !props.bare }}>{body()}</div>
        </Show>
      </GroupFrame>
    </Show>
  );
}

/** Entries under names that the person chooses. */
function MapEntries(props: { node: NodeProps<'object'>; values: JsonSchema }) {
  const node = useNode(props.node);
  const named = createMemo(() => new Set(props.node.field.properties.map((property) => property.name)));
  const keys = createMemo(() => {
    const value = node.value();
    return isObject(value) ? Object.keys(value).filter((key) => !named().has(key)) : [];
  });
  let list: HTMLDivElement | undefined;
  const add = () => {
    const value = isObject(node.value()) ? (node.value() as Record<string, unknown>) : {};
    let key = 'name';
    for (let count = 2; Object.hasOwn(value, key); count += 1) key = `name${count}`;
    node.form.set(pointerTo(props.node.pointer, key), emptyItem(node.form.root(), props.values));
    queueMicrotask(() => list?.querySelector<HTMLInputElement>('[data-entry]:last-of-type input')?.select());
  };
  const rename = (from: string, to: string): string | null => {
    const value = node.value();
    if (!isObject(value) || from === to) return null;
    if (to === '') return t('Enter a name.');
    if (Object.hasOwn(value, to)) return t`The name “${to}” is already used.`;
    node.set(Object.fromEntries(Object.entries(value).map(([key, each]) => [key === from ? to : key, each])));
    return null;
  };
  return (
    <div ref={list} class="flex flex-col gap-2">
      <Index each={keys()}>
        {(key) => (
          <div data-entry class="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-1.5">
            <EntryName name={key()} onRename={(to) => rename(key(), to)} />
            <Show when={key()} keyed>
              {(current) => (
                <node.form.Node
                  schema={props.values}
                  pointer={pointerTo(props.node.pointer, current)}
                  name={current}
                  required
                  bare
                />
              )}
            </Show>
            <Button
              variant="quiet"
              iconOnly
              icon={X}
              aria-label={t`Remove ${key()}`}
              onClick={() => node.form.set(pointerTo(props.node.pointer, key()), undefined)}
            />
          </div>
        )}
      </Index>
      <Button icon={Plus} class="self-start" onClick={add}>
        {t('Add entry')}
      </Button>
    </div>
  );
}

function EntryName(props: { name: string; onRename: (to: string) => string | null }) {
  const [problem, setProblem] = createSignal<string | null>(null);
  return (
    <div>
      <input
        type="text"
        aria-label={t('Name of the entry')}
        aria-invalid={problem() ? 'true' : undefined}
        value={props.name}
        autocomplete="off"
        spellcheck={false}
        onChange={(event) => setProblem(props.onRename(event.currentTarget.value))}
        class={`${inputClass} font-mono text-sm`}
      />
      <Show when={problem()}>
        <p role="alert" class="pt-1 text-failed text-sm">
          {problem()}
        </p>
      </Show>
    </div>
  );
}

/** Values that the schema does not name: shown, and removable. */
function Strays(props: { node: NodeProps<'object'> }) {
  const node = useNode(props.node);
  const strays = createMemo(() => {
    const value = node.value();
    if (props.node.field.values || !isObject(value)) return [];
    const named = new Set(props.node.field.properties.map((property) => property.name));
    return Object.keys(value).filter((key) => !named.has(key));
  });
  return (
    <For each={strays()}>
      {(key) => (
        <div
          data-pointer={pointerTo(props.node.pointer, key)}
          class="flex items-center gap-2 text-muted text-sm"
        >
          <code class="font-mono">{key}</code>
          <span class="min-w-0 flex-1 truncate font-mono text-faint">
            {JSON.stringify(node.form.at(pointerTo(props.node.pointer, key)))}
          </span>
          <span class="text-faint">{t('not in the schema')}</span>
          <Button
            variant="quiet"
            iconOnly
            icon={X}
            aria-label={t`Remove ${key}`}
            onClick={() => node.form.set(pointerTo(props.node.pointer, key), undefined)}
          />
        </div>
      )}
    </For>
  );
}
