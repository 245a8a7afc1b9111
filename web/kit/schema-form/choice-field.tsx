import { createMemo, createSignal, For, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { inputClass } from '../field.tsx';
import { NullToggle } from './field-frame.tsx';
import { type NodeProps, useNode } from './form-context.ts';
import { GroupFrame } from './group-frame.tsx';
import { branchOf, carryOver, fits } from './schema-values.ts';

/** One of several shapes, found by the value. Choosing another keeps the properties that both have. */
export function ChoiceField(props: NodeProps<'choice'>) {
  const node = useNode(props);
  const [chosen, setChosen] = createSignal<number>();
  const index = createMemo(() => {
    const { options } = props.field;
    const picked = chosen();
    const option = picked === undefined ? undefined : options[picked];
    if (picked !== undefined && option && fits(node.form.root(), option.schema, node.value())) return picked;
    return branchOf(node.form.root(), options, node.value());
  });
  const choose = (next: number) => {
    const option = props.field.options[next];
    if (!option) return;
    setChosen(next);
    node.set(carryOver(node.form.root(), option.schema, node.value()));
  };
  return (
    <GroupFrame
      node={props}
      aside={
        props.field.nullable && (
          <NullToggle
            label={props.label}
            checked={node.value() === null}
            onChange={(on) => node.set(on ? null : undefined)}
          />
        )
      }
    >
      <div class="flex min-w-0 flex-col gap-3 border-line-strong border-l pl-3">
        <select
          aria-label={t`Kind of ${props.label}`}
          value={String(index())}
          onChange={(event) => choose(Number(event.currentTarget.value))}
          class={`${inputClass} max-w-60`}
        >
          <For each={props.field.options}>
            {(option, at) => (
              <option value={String(at())} selected={at() === index()}>
                {option.title}
              </option>
            )}
          </For>
        </select>
        <Show when={props.field.options[index()]} keyed>
          {(option) => (
            <node.form.Node
              schema={option.schema}
              pointer={props.pointer}
              label={option.title}
              required={props.required}
              bare
            />
          )}
        </Show>
      </div>
    </GroupFrame>
  );
}
