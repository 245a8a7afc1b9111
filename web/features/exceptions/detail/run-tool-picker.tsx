import { keepPreviousData } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { createMemo, createSignal, createUniqueId, For, onMount, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { Dialog } from '../../../kit/dialog.tsx';
import { inputClass } from '../../../kit/field.tsx';
import { formatRate } from '../../../kit/format.ts';
import { t } from '../../../words/words.ts';
import { suggestionKeys } from '../../playbooks/parts/suggestions.tsx';
import { toolTypeWord } from '../../tools/parts/tool-words.ts';
import { alikeWords, type Suggestions } from './suggestion-words.ts';

type Tool = Outputs['tools']['list']['items'][number];

/** Chooses a tool to run with an exception, found on the server by typing. */
export function RunToolPicker(props: {
  exceptionId: string;
  label: string;
  tenant: string;
  /** Marks the tools that were run on like exceptions. */
  suggestions: Suggestions | undefined;
  onClose: () => void;
}) {
  const navigate = useNavigate();
  const listId = createUniqueId();
  const [search, setSearch] = createSignal('');
  const [active, setActive] = createSignal(0);
  const query = useQuery(() => ({
    ...queries.tools.list({ status: 'enabled', q: search() || undefined, limit: 30 }),
    placeholderData: keepPreviousData,
  }));
  const tools = createMemo<readonly Tool[]>(() => (query.isSuccess ? query.data.items : []));
  const used = (tool: Tool) =>
    props.suggestions?.items.find((item) => item.kind === 'tool' && item.id === tool.id);
  let input: HTMLInputElement | undefined;
  // After the dialog, which focuses its Close button.
  onMount(() => setTimeout(() => input?.focus(), 50));

  const choose = (tool: Tool | undefined) => {
    // What is shown may be of an earlier text.
    if (!tool || query.isPlaceholderData) return;
    props.onClose();
    void navigate({
      to: '/t/$tenant/tools/$toolId/run',
      params: { tenant: props.tenant, toolId: tool.id },
      search: { exception: props.exceptionId },
    });
  };

  return (
    <Dialog open onClose={props.onClose} title={t`Run a tool on ${props.label}`} width="620px">
      <div class="flex flex-col gap-2 px-5 pt-1 pb-4">
        <input
          ref={input}
          type="text"
          role="combobox"
          aria-label={t('Search tools')}
          aria-expanded={tools().length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={tools().length > 0 ? `${listId}-${active()}` : undefined}
          autocomplete="off"
          spellcheck={false}
          maxLength={200}
          placeholder={t('Name, title, description or tag')}
          value={search()}
          onInput={(event) => {
            setSearch(event.currentTarget.value.trim());
            setActive(0);
          }}
          onKeyDown={(event) => {
            if (event.repeat && event.key === 'Enter') return event.preventDefault();
            suggestionKeys(event, {
              count: tools().length,
              active: active(),
              setActive,
              choose: (index) => choose(tools()[index]),
              close: props.onClose,
            });
          }}
          class={inputClass}
        />
        <Show
          when={tools().length > 0}
          fallback={
            <p class="py-2 text-muted" role="status">
              {query.isError
                ? t('The tools could not be loaded.')
                : query.isFetching
                  ? t('Searching')
                  : search()
                    ? t('No enabled tool matches.')
                    : t('No tools are enabled.')}
            </p>
          }
        >
          <div
            id={listId}
            role="listbox"
            aria-label={t('Tools')}
            aria-busy={query.isPlaceholderData}
            class="max-h-[50vh] overflow-auto"
          >
            <For each={tools()}>
              {(tool, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the input handles the keys, as in any combobox
                // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant points at it instead
                <div
                  id={`${listId}-${index()}`}
                  role="option"
                  aria-selected={active() === index()}
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseMove={() => setActive(index())}
                  onClick={() => choose(tool)}
                  class="flex cursor-default flex-col rounded-md px-2 py-1.5 pointer-coarse:py-2.5"
                  classList={{ 'bg-hover': active() === index() }}
                >
                  <span class="flex min-w-0 items-baseline gap-2">
                    <span class="truncate font-medium">{tool.title}</span>
                    <span class="truncate font-mono text-muted text-sm">{tool.name}</span>
                  </span>
                  <span class="flex flex-wrap gap-x-3 text-muted text-sm">
                    <span>{toolTypeWord(tool.type)}</span>
                    <Show when={tool.connector}>{(connector) => <span>{connector().name}</span>}</Show>
                    <span classList={{ 'text-unknown': !tool.readsOnly }}>
                      {tool.readsOnly ? t('Only reads') : t('Can change something')}
                    </span>
                    <span>
                      {tool.successRate24h === null
                        ? t('No executions in 24 h')
                        : t`${formatRate(tool.successRate24h)} succeeded in 24 h`}
                    </span>
                    <Show when={used(tool)}>
                      {(item) => <span>{alikeWords(item(), props.suggestions?.like.cases ?? 0)}</span>}
                    </Show>
                  </span>
                </div>
              )}
            </For>
          </div>
          <Show when={query.isSuccess && query.data.nextCursor}>
            <p class="text-muted text-sm">{t('There are more tools. Type to find them.')}</p>
          </Show>
        </Show>
      </div>
    </Dialog>
  );
}
