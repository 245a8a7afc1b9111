import { type JSX, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { type NodeProps, useNode } from './form-context.ts';

interface InputAttributes {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': 'true' | undefined;
  'aria-required': 'true' | undefined;
}

/** A label, its input, its issue and its help. */
export function FieldFrame(props: {
  node: NodeProps;
  help?: string | undefined;
  children: (input: InputAttributes) => JSX.Element;
}) {
  const node = useNode(props.node);
  const help = () => sentences(props.node.field.description, props.help);
  const isNull = () => props.node.field.nullable && node.value() === null;
  const input: InputAttributes = {
    id: node.id,
    get 'aria-describedby'() {
      const ids = [node.error() ? `${node.id}-error` : '', help() ? `${node.id}-help` : ''];
      return ids.filter(Boolean).join(' ') || undefined;
    },
    get 'aria-invalid'() {
      return node.error() ? ('true' as const) : undefined;
    },
    get 'aria-required'() {
      return props.node.required ? ('true' as const) : undefined;
    },
  };
  return (
    <div
      data-pointer={props.node.pointer}
      class="flex min-w-0 flex-col gap-1"
      onFocusOut={() => node.touch()}
    >
      <label for={node.id} class="font-medium text-sm" classList={{ 'sr-only': props.node.bare ?? false }}>
        <LabelWords node={props.node} />
      </label>
      <div class="flex min-w-0 items-start gap-2">
        <div class="min-w-0 flex-1">
          <Show when={!isNull()} fallback={<NullValue id={node.id} />}>
            {props.children(input)}
          </Show>
        </div>
        <Show when={props.node.field.nullable}>
          <NullToggle
            label={props.node.label}
            checked={isNull()}
            onChange={(on) => node.set(on ? null : undefined)}
          />
        </Show>
      </div>
      <Show when={node.error()}>
        <p id={`${node.id}-error`} class="text-failed text-sm">
          {node.error()}
        </p>
      </Show>
      <Show when={help()}>
        <p id={`${node.id}-help`} class="text-faint text-sm">
          {help()}
        </p>
      </Show>
    </div>
  );
}

/** Joins texts; each ends with a period when another follows. */
function sentences(...parts: (string | undefined)[]): string {
  const some = parts.filter((part): part is string => part !== undefined && part !== '');
  return some
    .map((part, at) => (at < some.length - 1 && !/[.!?:]$/.test(part) ? `${part}.` : part))
    .join(' ');
}

/** The words of a label: title, property name, and whether it is required. */
export function LabelWords(props: { node: Pick<NodeProps, 'label' | 'name' | 'field' | 'required'> }) {
  return (
    <>
      {props.node.label}
      <Show when={props.node.name}>
        <code class="ml-1.5 font-mono font-normal text-faint text-xs">{props.node.name}</code>
      </Show>
      <Show when={props.node.required}>
        <span class="ml-1.5 font-normal text-faint">{t('required')}</span>
      </Show>
      <Show when={props.node.field.deprecated}>
        <span class="ml-1.5 font-normal text-unknown">{t('deprecated')}</span>
      </Show>
    </>
  );
}

/** Replaces the input while the value is `null`. */
function NullValue(props: { id: string }) {
  return (
    <input
      id={props.id}
      readOnly
      value="null"
      class="h-7 w-full rounded-md border border-line-strong border-dashed bg-sunken px-2 font-mono text-faint text-sm"
    />
  );
}

export function NullToggle(props: { label: string; checked: boolean; onChange: (on: boolean) => void }) {
  return (
    <label class="flex h-7 shrink-0 items-center gap-1.5 text-muted text-sm" title={t('Send null')}>
      <input
        type="checkbox"
        class="accent-accent-fill"
        checked={props.checked}
        aria-label={t`${props.label}: no value (null)`}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {t('null')}
    </label>
  );
}
