import { Plus, X } from 'lucide-solid';
import { Index, type JSX, Show } from 'solid-js';
import { rich, t } from '../../words/words.ts';
import { Button } from '../button.tsx';
import { useDocumentForm } from './document-form.ts';

/** A list with one line for each item; an empty list is left out of the document. */
export function ListField(props: {
  pointer: string;
  label: string;
  /** The word for one item, as in "header". */
  one: string;
  help?: JSX.Element;
  start: () => unknown;
  children: (pointer: string, index: number) => JSX.Element;
}) {
  const form = useDocumentForm();
  const items = (): unknown[] => {
    const value = form.at(props.pointer);
    return Array.isArray(value) ? value : [];
  };
  const write = (next: readonly unknown[]) => form.set(props.pointer, next.length > 0 ? next : undefined);
  let list: HTMLDivElement | undefined;
  return (
    <fieldset class="min-w-0" data-pointer={props.pointer}>
      <legend class="pb-1 font-medium text-sm">{props.label}</legend>
      <div ref={list} class="flex flex-col gap-2">
        <Index each={items()}>
          {(_, index) => (
            <div class="flex items-start gap-1.5" data-item>
              <div class="min-w-0 flex-1">{props.children(`${props.pointer}/${index}`, index)}</div>
              <Button
                variant="quiet"
                iconOnly
                icon={X}
                class="mt-5"
                aria-label={t`Remove ${props.one} ${index + 1}`}
                onClick={() => write(items().filter((__, each) => each !== index))}
              />
            </div>
          )}
        </Index>
        <Button
          icon={Plus}
          class="self-start"
          onClick={() => {
            write([...items(), props.start()]);
            queueMicrotask(() =>
              list?.querySelector<HTMLElement>('[data-item]:last-of-type :is(input, select)')?.focus(),
            );
          }}
        >
          {rich`Add ${() => props.one}`}
        </Button>
      </div>
      <Show when={props.help}>
        <p class="pt-1 text-faint text-sm">{props.help}</p>
      </Show>
    </fieldset>
  );
}
