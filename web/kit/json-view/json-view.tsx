import { ChevronDown, ChevronUp, Download, Search } from 'lucide-solid';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js';
import { t } from '../../words/words.ts';
import { useActions } from '../actions.ts';
import { Button } from '../button.tsx';
import { CopyButton } from '../copy-button.tsx';
import { saveFile } from '../download.ts';
import { inputClass } from '../field.tsx';
import { formatNumber } from '../format.ts';
import { JsonTree } from '../json-tree/json-tree.tsx';
import { createJsonSearch } from './run-search.ts';
import { partAt } from './search-json.ts';

/** Matches that the list shows around the chosen one. */
const listed = 50;

/** A JSON value that can be searched, narrowed to a part, and saved as a file. */
export function JsonView(props: {
  value: unknown;
  label: string;
  /** Of the file, without its ending. */
  fileName: string;
  /** `/` searches here. */
  main?: boolean;
  maxHeight?: string;
}) {
  let input: HTMLInputElement | undefined;
  let list: HTMLOListElement | undefined;
  const id = createUniqueId();
  const [open, setOpen] = createSignal(false);
  const [query, setQuery] = createSignal('');
  const [path, setPath] = createSignal('');
  const [at, setAt] = createSignal(0);
  const part = createMemo(() =>
    path().trim() === '' ? { value: props.value } : partAt(props.value, path()),
  );
  const { found, busy } = createJsonSearch(() => props.value, query);
  const matches = () => found()?.matches ?? [];
  const chosen = () => matches()[at()];
  const first = () => Math.max(0, Math.min(at() - Math.floor(listed / 2), matches().length - listed));
  createEffect(on(found, () => setAt(0)));
  createEffect(
    on(at, () =>
      queueMicrotask(() =>
        list?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' }),
      ),
    ),
  );
  const move = (by: 1 | -1) => {
    const { length } = matches();
    if (length > 0) setAt((before) => (before + by + length) % length);
  };
  const start = () => {
    setOpen(true);
    queueMicrotask(() => input?.select());
  };
  const close = () => {
    setQuery('');
    setPath('');
    setOpen(false);
  };
  const download = () =>
    saveFile(`${props.fileName}.json`, JSON.stringify(part()?.value ?? null, null, 2), 'application/json');
  useActions(() =>
    props.main
      ? [{ id: `json:${id}`, label: t`Search in ${props.label}`, keys: '/', group: 'Page', run: start }]
      : [],
  );
  return (
    <div class="flex flex-col gap-1.5">
      <div class="flex flex-wrap items-center gap-1">
        <Button
          variant="quiet"
          icon={Search}
          keys={props.main ? '/' : undefined}
          aria-expanded={open()}
          onClick={() => (open() ? close() : start())}
        >
          {t('Search')}
        </Button>
        <Button variant="quiet" icon={Download} onClick={download}>
          {path().trim() === '' ? t('Download') : t('Download this part')}
        </Button>
      </div>
      <Show when={open()}>
        <search class="flex flex-col gap-1.5 rounded-md border px-2 py-2">
          <div class="flex flex-wrap items-center gap-1.5">
            <input
              ref={input}
              type="text"
              inputmode="search"
              aria-label={t`Search in ${props.label}`}
              placeholder={t('Name or value')}
              autocomplete="off"
              spellcheck={false}
              value={query()}
              onInput={(event) => setQuery(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter') {
                  event.preventDefault();
                  move(event.shiftKey ? -1 : 1);
                } else if (event.key === 'Escape') {
                  event.stopPropagation();
                  close();
                }
              }}
              class={`${inputClass} min-w-40 flex-1`}
            />
            <span class="flex items-center gap-1">
              <span role="status" class="min-w-24 text-muted text-sm tabular-nums">
                <Show when={!busy()} fallback={t('Searching…')}>
                  <Show when={found()}>
                    {(result) => (
                      <Show when={result().matches.length > 0} fallback={t('No matches')}>
                        {result().more
                          ? t`${formatNumber(at() + 1)} of the first ${formatNumber(result().matches.length)}`
                          : t`${formatNumber(at() + 1)} of ${formatNumber(result().matches.length)}`}
                      </Show>
                    )}
                  </Show>
                </Show>
              </span>
              <Button
                variant="quiet"
                icon={ChevronUp}
                aria-label={t('Previous match')}
                disabled={matches().length === 0}
                onClick={() => move(-1)}
              />
              <Button
                variant="quiet"
                icon={ChevronDown}
                aria-label={t('Next match')}
                disabled={matches().length === 0}
                onClick={() => move(1)}
              />
            </span>
            <input
              type="text"
              aria-label={t('Show only this path')}
              placeholder={t('Only, such as /orders/*/id')}
              autocomplete="off"
              spellcheck={false}
              value={path()}
              onInput={(event) => setPath(event.currentTarget.value)}
              class={`${inputClass} min-w-40 flex-1 font-mono text-sm placeholder:font-sans`}
            />
          </div>
          <Show when={matches().length > 0}>
            <ol ref={list} aria-label={t('Matches')} class="max-h-40 overflow-auto">
              <For each={matches().slice(first(), first() + listed)}>
                {(match, index) => (
                  <li>
                    <button
                      type="button"
                      aria-current={first() + index() === at() ? 'true' : undefined}
                      onClick={() => setAt(first() + index())}
                      class="flex w-full gap-3 px-1.5 py-0.5 text-left font-mono text-sm hover:bg-hover"
                      classList={{ 'bg-selected': first() + index() === at() }}
                    >
                      <span class="min-w-0 shrink-0 max-w-[60%] truncate">{match.path || '/'}</span>
                      <span class="min-w-0 truncate text-muted">{match.value}</span>
                    </button>
                  </li>
                )}
              </For>
            </ol>
          </Show>
          <Show when={chosen()}>
            {(match) => (
              <div class="flex flex-wrap items-center gap-1">
                <CopyButton text={() => match().path} label={t('Copy path')}>
                  {t('Copy path')}
                </CopyButton>
                <Button
                  variant="quiet"
                  onClick={() =>
                    setPath(match().path.slice(0, match().path.lastIndexOf('/')) || match().path)
                  }
                >
                  {t('Show around it')}
                </Button>
                <Show when={path() !== ''}>
                  <Button variant="quiet" onClick={() => setPath('')}>
                    {t('Show all')}
                  </Button>
                </Show>
              </div>
            )}
          </Show>
        </search>
      </Show>
      <Show when={part()} keyed fallback={<p class="text-muted">{t('There is nothing at this path.')}</p>}>
        {(shown) => <JsonTree value={shown.value} label={props.label} maxHeight={props.maxHeight} />}
      </Show>
    </div>
  );
}
