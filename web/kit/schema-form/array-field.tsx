import { ArrowDown, ArrowUp, Plus, X } from 'lucide-solid';
import { createMemo, createSignal, Index, Show } from 'solid-js';
import { pointer as pointerTo } from '../../../shared/platform/json-pointer.ts';
import { inSentence, t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { NullToggle } from './field-frame.tsx';
import { type NodeProps, useNode } from './form-context.ts';
import { GroupFrame } from './group-frame.tsx';
import { moveItem } from './json-edit.ts';
import { emptyItem } from './schema-values.ts';

/** A list: add, remove and move items. Alt with an arrow moves the focused item. */
export function ArrayField(props: NodeProps<'array'>) {
  const node = useNode(props);
  let list: HTMLDivElement | undefined;
  const [announced, announce] = createSignal('');
  const items = createMemo<readonly unknown[]>(() => {
    const value = node.value();
    return Array.isArray(value) ? value : [];
  });
  const full = () => props.field.maxItems !== undefined && items().length >= props.field.maxItems;
  const rows = () => [...(list?.querySelectorAll<HTMLElement>(':scope > [data-item]') ?? [])];
  const focusIn = (index: number, selector: string) =>
    queueMicrotask(() => {
      const row = rows()[index];
      const wanted = row?.querySelector<HTMLElement>(selector);
      const target =
        wanted && !wanted.matches(':disabled, [aria-disabled="true"]')
          ? wanted
          : row?.querySelector<HTMLElement>(
              'input, select, textarea, button:not(:disabled, [aria-disabled="true"])',
            );
      target?.focus();
    });

  const add = () => {
    const index = items().length;
    node.set([...items(), emptyItem(node.form.root(), props.field.items)]);
    announce(t`Added, position ${index + 1}`);
    focusIn(index, 'input, select, textarea');
  };
  const remove = (index: number) => {
    const rest = items().filter((_, at) => at !== index);
    node.set(rest.length === 0 && !props.required && props.field.minItems === 0 ? undefined : rest);
    announce(t`Removed, ${rest.length} left`);
    if (rest.length > 0) focusIn(Math.min(index, rest.length - 1), '[data-remove]');
    else queueMicrotask(() => list?.querySelector<HTMLElement>(':scope > [data-add]')?.focus());
  };
  const move = (index: number, by: -1 | 1, focus: string) => {
    const next = moveItem(items(), index, by);
    if (next === items()) return;
    node.set(next);
    announce(t`Moved to position ${index + by + 1} of ${next.length}`);
    focusIn(index + by, focus);
  };

  return (
    <GroupFrame
      node={props}
      aside={
        <>
          <span class="text-faint text-sm">{items().length > 0 ? `${items().length}` : ''}</span>
          <Show when={props.field.nullable}>
            <NullToggle
              label={props.label}
              checked={node.value() === null}
              onChange={(on) => node.set(on ? null : [])}
            />
          </Show>
        </>
      }
    >
      <div ref={list} class="flex flex-col gap-2">
        <Index each={items()}>
          {(_, index) => (
            <fieldset
              data-item
              aria-label={`${props.label} ${index + 1}`}
              class="flex min-w-0 items-start gap-1.5"
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
                event.preventDefault();
                event.stopPropagation();
                move(index, event.key === 'ArrowUp' ? -1 : 1, 'input, select, textarea');
              }}
            >
              <span class="w-4 shrink-0 pt-1 text-right text-faint text-sm" aria-hidden="true">
                {index + 1}
              </span>
              <div class="min-w-0 flex-1">
                <node.form.Node
                  schema={props.field.items}
                  pointer={pointerTo(props.pointer, index)}
                  label={`${props.label} ${index + 1}`}
                  required
                  bare
                />
              </div>
              <div class="flex shrink-0">
                <Button
                  variant="quiet"
                  iconOnly
                  icon={ArrowUp}
                  data-up
                  disabled={index === 0}
                  aria-label={t`Move ${props.label} ${index + 1} up`}
                  title={t('Move up (Alt ↑)')}
                  onClick={() => move(index, -1, '[data-up]')}
                />
                <Button
                  variant="quiet"
                  iconOnly
                  icon={ArrowDown}
                  data-down
                  disabled={index === items().length - 1}
                  aria-label={t`Move ${props.label} ${index + 1} down`}
                  title={t('Move down (Alt ↓)')}
                  onClick={() => move(index, 1, '[data-down]')}
                />
                <Button
                  variant="quiet"
                  iconOnly
                  icon={X}
                  data-remove
                  disabled={items().length <= props.field.minItems}
                  aria-label={t`Remove ${props.label} ${index + 1}`}
                  onClick={() => remove(index)}
                />
              </div>
            </fieldset>
          )}
        </Index>
        <Button icon={Plus} data-add class="self-start" disabled={full()} onClick={add}>
          {t`Add ${inSentence(props.field.itemTitle)}`}
        </Button>
        <span class="sr-only" aria-live="polite">
          {announced()}
        </span>
      </div>
    </GroupFrame>
  );
}
