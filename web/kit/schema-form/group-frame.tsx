import { type JSX, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { LabelWords } from './field-frame.tsx';
import { type NodeProps, useNode } from './form-context.ts';

/** A group of fields: its name, description and issue. */
export function GroupFrame(props: { node: NodeProps; aside?: JSX.Element; children: JSX.Element }) {
  const node = useNode(props.node);
  const isNull = () => node.value() === null && props.node.field.nullable;
  return (
    <fieldset
      data-pointer={props.node.pointer}
      class="min-w-0"
      aria-describedby={node.error() ? `${node.id}-error` : undefined}
    >
      <div
        class="flex items-center gap-2"
        classList={{ 'min-h-7': !props.node.bare || Boolean(props.aside) }}
      >
        <legend class="float-left font-medium text-sm" classList={{ 'sr-only': props.node.bare ?? false }}>
          <LabelWords node={props.node} />
        </legend>
        <div class="ml-auto flex items-center gap-1">{props.aside}</div>
      </div>
      <Show when={props.node.field.description}>
        <p class="pb-1 text-faint text-sm">{props.node.field.description}</p>
      </Show>
      <Show when={node.error()}>
        <p id={`${node.id}-error`} class="pb-1 text-failed text-sm">
          {node.error()}
        </p>
      </Show>
      <Show when={!isNull()} fallback={<p class="text-faint text-sm">{t('No value (null).')}</p>}>
        {props.children}
      </Show>
    </fieldset>
  );
}
