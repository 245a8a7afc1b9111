import { Link, useParams } from '@tanstack/solid-router';
import { For, Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { formatDuration } from '../../../kit/format.ts';
import { Section } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { RelativeTime } from '../../../kit/relative-time.tsx';
import { Status } from '../../../kit/status.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';
import { executionKind } from '../../executions/parts/execution-kind.ts';
import type { Tool } from '../parts/tool-words.ts';

/** The latest executions, one line each. */
export function RecentExecutions(props: { tool: Tool; limit: number }) {
  const params = useParams({ from: '/t/$tenant/tools/$toolId' });
  const query = useQuery(() => queries.executions.list({ toolId: props.tool.id, limit: props.limit }));
  return (
    <Section
      title={t('Latest executions')}
      aside={
        <Link
          to="/t/$tenant/tools/$toolId"
          params={params()}
          search={{ tab: 'executions' }}
          class="text-accent text-sm hover:text-accent-hover"
        >
          {t('All executions')}
        </Link>
      }
    >
      <QueryView query={query} what={t('The executions could not be loaded')}>
        {(page) => (
          <Show when={page().items.length > 0} fallback={<p class="text-muted">{t('No executions yet.')}</p>}>
            <ul class="border-t">
              <For each={page().items}>
                {(execution) => (
                  <li>
                    <Link
                      to="/t/$tenant/executions/$executionId"
                      params={{ tenant: params().tenant, executionId: execution.id }}
                      class="flex h-9 items-center gap-4 border-b hover:bg-hover"
                    >
                      <span class="w-36 shrink-0">
                        <Status kind={executionKind(execution)} />
                      </span>
                      <span class="min-w-0 flex-1 truncate text-muted">
                        {said(execution.failure?.message)}
                      </span>
                      <span class="w-28 truncate text-muted">{execution.actor.name}</span>
                      <span class="w-16 text-right">
                        {execution.durationMs === null ? '' : formatDuration(execution.durationMs)}
                      </span>
                      <span class="w-20 text-right text-muted">
                        <RelativeTime at={execution.createdAt} />
                      </span>
                    </Link>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </QueryView>
    </Section>
  );
}
