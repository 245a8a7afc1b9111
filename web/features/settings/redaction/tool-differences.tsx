import { X } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import { isPiiKind, type PiiKind, piiKinds } from '../../../../shared/platform/redaction/pii/pii-kinds.ts';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Button } from '../../../kit/button.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { inSentence, t } from '../../../words/words.ts';
import { type Choice, ChoiceSelect } from './choice-select.tsx';
import type { Draft } from './draft.ts';
import { choiceWords, kindWords } from './kind-words.ts';

type Tools = Draft['tools'];

/** Where a tool is treated in another way than the others, one kind at a time. */
export function ToolDifferences(props: {
  tools: Tools;
  disabled: boolean;
  onChange: (tools: Tools) => void;
}) {
  const query = useQuery(() => queries.tools.list({ limit: 200 }));
  const [toolId, setToolId] = createSignal('');
  const [kind, setKind] = createSignal<PiiKind>('email');
  const [choice, setChoice] = createSignal<Choice>('off');
  const found = () => query.data?.items ?? [];
  const titleOf = (id: string) => found().find((tool) => tool.id === id)?.title ?? id;
  const entries = () =>
    props.tools.flatMap((tool) =>
      piiKinds.flatMap((each) => {
        const chosen = tool.kinds[each];
        return chosen ? [{ toolId: tool.toolId, kind: each, choice: chosen }] : [];
      }),
    );

  /** `undefined`: as for all tools. */
  function set(id: string, changed: PiiKind, next: Choice | undefined): void {
    const { [changed]: _, ...others } = props.tools.find((tool) => tool.toolId === id)?.kinds ?? {};
    const kinds = next ? { ...others, [changed]: next } : others;
    const rest = props.tools.filter((tool) => tool.toolId !== id);
    props.onChange(Object.keys(kinds).length > 0 ? [...rest, { toolId: id, kinds }] : rest);
  }

  return (
    <fieldset class="flex flex-col gap-2">
      <legend class="mb-1 font-medium text-sm">{t('Tools that differ')}</legend>
      <Show when={entries().length > 0} fallback={<p class="text-muted text-sm">{t('None.')}</p>}>
        <ul aria-label={t('Tools that differ')} class="flex flex-col gap-1">
          <For each={entries()}>
            {(entry) => (
              <li class="flex items-center gap-2">
                <span>
                  <span class="font-medium">{titleOf(entry.toolId)}</span>:{' '}
                  {inSentence(kindWords[entry.kind].label)}, {inSentence(choiceWords[entry.choice])}
                </span>
                <Show when={!props.disabled}>
                  <Button
                    variant="quiet"
                    icon={X}
                    iconOnly
                    aria-label={t`Remove ${kindWords[entry.kind].label} of ${titleOf(entry.toolId)}`}
                    onClick={() => set(entry.toolId, entry.kind, undefined)}
                  />
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={!props.disabled}>
        <div class="flex max-w-160 items-center gap-2 max-md:flex-col max-md:items-stretch">
          <select
            aria-label={t('Tool')}
            value={toolId()}
            onChange={(event) => setToolId(event.currentTarget.value)}
            class={inputClass}
          >
            <option value="">{t('Choose a tool')}</option>
            <For each={found()}>
              {(tool) => (
                <option value={tool.id} selected={tool.id === toolId()}>
                  {tool.title}
                </option>
              )}
            </For>
          </select>
          <select
            aria-label={t('Kind')}
            value={kind()}
            onChange={(event) => {
              const { value } = event.currentTarget;
              if (isPiiKind(value)) setKind(value);
            }}
            class={inputClass}
          >
            <For each={piiKinds}>
              {(each) => (
                <option value={each} selected={each === kind()}>
                  {kindWords[each].label}
                </option>
              )}
            </For>
          </select>
          <ChoiceSelect label={t('Choice')} value={choice()} disabled={false} onChange={setChoice} />
          <Button
            disabled={toolId() === ''}
            onClick={() => {
              set(toolId(), kind(), choice());
              setToolId('');
            }}
          >
            {t('Add')}
          </Button>
        </div>
      </Show>
    </fieldset>
  );
}
