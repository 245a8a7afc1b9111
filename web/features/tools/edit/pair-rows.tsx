import { Plus, X } from 'lucide-solid';
import { createEffect, createSignal, Index, on, Show } from 'solid-js';
import { pointer as pointerTo } from '../../../../shared/platform/json-pointer.ts';
import { readJson } from '../../../../shared/platform/read-json.ts';
import { isObject } from '../../../../shared/platform/schema-properties.ts';
import { Button } from '../../../kit/button.tsx';
import { useDocumentForm } from '../../../kit/document-form/document-form.ts';
import { inputClass } from '../../../kit/field.tsx';
import { sameJson } from '../../../kit/schema-form/json-edit.ts';
import { rich, t } from '../../../words/words.ts';
import { TemplateInput } from './template-input.tsx';

interface Pair {
  name: string;
  value: unknown;
}

const toRecord = (pairs: readonly Pair[]) =>
  Object.fromEntries(pairs.filter((pair) => pair.name !== '').map((pair) => [pair.name, pair.value]));
const toPairs = (value: unknown): Pair[] =>
  isObject(value) ? Object.entries(value).map(([name, each]) => ({ name, value: each })) : [];

/** Texts are shown as they are, other values as JSON; a list stays a list while its text is one. */
const show = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const read = (text: string): unknown => {
  if (!text.startsWith('[')) return text;
  try {
    return readJson(text);
  } catch {
    return text;
  }
};

/** Names and values, one line for each: headers, query parameters, form fields. */
export function PairRows(props: {
  pointer: string;
  label: string;
  /** The word for one pair, as in "header". */
  one: string;
  namePlaceholder?: string;
  help?: string;
  /** An empty record is left out of the document. */
  optional?: boolean;
}) {
  const form = useDocumentForm();
  // A line without a name is on the page but not yet in the document.
  const [pairs, setPairs] = createSignal<readonly Pair[]>(toPairs(form.at(props.pointer)));
  createEffect(
    on(
      () => form.at(props.pointer),
      (value) => {
        if (!sameJson(toRecord(pairs()), isObject(value) ? value : {})) setPairs(toPairs(value));
      },
      { defer: true },
    ),
  );
  let list: HTMLDivElement | undefined;
  const write = (next: readonly Pair[]) => {
    setPairs(next);
    const record = toRecord(next);
    form.set(props.pointer, props.optional && Object.keys(record).length === 0 ? undefined : record);
  };
  const change = (at: number, part: Partial<Pair>) =>
    write(pairs().map((pair, index) => (index === at ? { ...pair, ...part } : pair)));
  const add = () => {
    setPairs([...pairs(), { name: '', value: '' }]);
    queueMicrotask(() => list?.querySelector<HTMLInputElement>('[data-pair]:last-of-type input')?.focus());
  };
  const isDouble = (at: number) => {
    const name = pairs()[at]?.name;
    return name !== '' && pairs().some((pair, index) => index < at && pair.name === name);
  };
  return (
    <fieldset class="min-w-0" data-pointer={props.pointer}>
      <legend class="pb-1 font-medium text-sm">{props.label}</legend>
      <div ref={list} class="flex flex-col gap-1.5">
        <Index each={pairs()}>
          {(pair, index) => {
            const at = () => pointerTo(props.pointer, pair().name);
            const problem = () =>
              isDouble(index)
                ? t`This ${props.one} already exists.`
                : pair().name
                  ? form.error(at(), true)
                  : undefined;
            return (
              <div
                data-pair
                data-pointer={pair().name ? at() : undefined}
                onFocusOut={() => pair().name && form.touch(at())}
              >
                <div class="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-start gap-1.5">
                  <input
                    type="text"
                    aria-label={t`Name of ${props.one} ${index + 1}`}
                    aria-invalid={problem() ? 'true' : undefined}
                    value={pair().name}
                    placeholder={props.namePlaceholder ?? 'name'}
                    autocomplete="off"
                    spellcheck={false}
                    onInput={(event) => change(index, { name: event.currentTarget.value.trim() })}
                    class={`${inputClass} font-mono text-sm`}
                  />
                  <TemplateInput
                    label={t`Value of ${props.one} ${index + 1}`}
                    value={show(pair().value)}
                    placeholder={t('value, or {input}')}
                    onChange={(value) => change(index, { value: read(value) })}
                  />
                  <Button
                    variant="quiet"
                    iconOnly
                    icon={X}
                    aria-label={t`Remove ${props.one} ${pair().name || index + 1}`}
                    onClick={() => write(pairs().filter((_, each) => each !== index))}
                  />
                </div>
                <Show when={problem()}>
                  <p class="pt-0.5 text-failed text-sm">{problem()}</p>
                </Show>
              </div>
            );
          }}
        </Index>
        <Button icon={Plus} class="self-start" onClick={add}>
          {rich`Add ${() => props.one}`}
        </Button>
      </div>
      <Show when={props.help}>
        <p class="pt-1 text-faint text-sm">{props.help}</p>
      </Show>
    </fieldset>
  );
}
