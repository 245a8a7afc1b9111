import { useQuery } from '@tanstack/solid-query';
import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { type Outputs, queries } from '../../../api/trpc.ts';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import type { Tool } from '../parts/tool-words.ts';
import { VersionDiff } from './version-diff.tsx';

type Version = Outputs['tools']['versions']['items'][number];

/** Every version there was; the chosen one beside the one before it. */
export function VersionsTab(props: { tool: Tool }) {
  const search = useSearch({ from: '/t/$tenant/tools/$toolId' });
  const params = useParams({ from: '/t/$tenant/tools/$toolId' });
  const navigate = useNavigate();
  const query = useQuery(() => queries.tools.versions({ id: props.tool.id }));

  const to = () => search().to ?? props.tool.version;
  const from = () => search().from ?? to() - 1;
  const choose = (change: { from?: number; to?: number }) =>
    void navigate({
      to: '/t/$tenant/tools/$toolId',
      params: params(),
      search: { tab: 'versions', ...change },
      replace: true,
    });

  return (
    <QueryView query={query} what="The versions could not be loaded">
      {(page) => (
        <div class="flex min-h-full max-xl:flex-col">
          <ol aria-label="Versions" class="shrink-0 py-2 max-xl:border-b xl:w-64 xl:border-r">
            <For each={page().items}>
              {(version) => (
                <VersionRow
                  version={version}
                  chosen={version.version === to()}
                  onChoose={() => choose({ to: version.version })}
                />
              )}
            </For>
          </ol>
          <div class="min-w-0 flex-1">
            <Show
              when={from() >= 1}
              fallback={
                <EmptyState title="The first version">
                  There is nothing before it to compare it with.
                </EmptyState>
              }
            >
              <VersionDiff
                tool={props.tool}
                from={from()}
                to={to()}
                versions={page().items.map((version) => version.version)}
                onCompare={(before) => choose({ from: before, to: to() })}
              />
            </Show>
          </div>
        </div>
      )}
    </QueryView>
  );
}

function VersionRow(props: { version: Version; chosen: boolean; onChoose: () => void }) {
  return (
    <li>
      <button
        type="button"
        aria-current={props.chosen ? 'true' : undefined}
        onClick={() => props.onChoose()}
        class="flex w-full flex-col px-6 py-1.5 text-left hover:bg-hover xl:pr-4"
        classList={{ 'bg-selected hover:bg-selected': props.chosen }}
      >
        <span class="flex w-full items-baseline gap-2">
          <span class="font-medium">v{props.version.version}</span>
          <Show when={props.version.current}>
            <span class="text-accent text-sm">current</span>
          </Show>
          <span class="ml-auto text-faint text-sm">
            <RelativeTime at={props.version.createdAt} />
          </span>
        </span>
        <span class="w-full truncate text-muted text-sm">
          {props.version.createdBy.name}
          <Show when={props.version.note}>{(note) => <> · {note()}</>}</Show>
        </span>
      </button>
    </li>
  );
}
