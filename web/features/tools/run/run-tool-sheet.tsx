import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Sheet } from '../../../kit/dialog.tsx';
import { EmptyState } from '../../../kit/empty-state.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { useTitle } from '../../../shell/use-title.ts';
import { rich, t } from '../../../words/words.ts';
import { RunTool } from './run-tool.tsx';

const from = '/t/$tenant/tools/$toolId/run';

/** Executes a tool, in a sheet over the tool's page with its own URL. Closing the sheet cancels nothing. */
export default function RunToolSheet() {
  const params = useParams({ from });
  const search = useSearch({ from });
  const navigate = useNavigate();
  const query = useQuery(() => queries.tools.get({ id: params().toolId }));
  const drafted = useQuery(() => ({
    ...queries.tools.draft({ id: params().toolId }),
    enabled: search().draft !== undefined,
  }));
  useTitle(() => (query.isSuccess ? t`Run ${query.data.name}` : t('Run')));
  /** Back to the exception that asked for the tool. */
  const close = () => {
    const { exception: exceptionId, tab } = search();
    const { tenant } = params();
    void (exceptionId
      ? navigate({ to: '/t/$tenant/exceptions/$exceptionId', params: { tenant, exceptionId }, search: {} })
      : navigate({ to: '/t/$tenant/tools/$toolId', params: params(), search: { tab } }));
  };
  return (
    <Show when={params().toolId} keyed>
      <Sheet
        open
        onClose={close}
        title={
          <>
            <span class="truncate">{rich`Run ${() => (query.isSuccess ? (query.data.title ?? query.data.name) : '')}`}</span>
            <Show
              when={search().draft}
              fallback={
                <Show when={query.isSuccess && query.data}>
                  {(tool) => <span class="font-normal text-base text-muted">v{tool().version}</span>}
                </Show>
              }
            >
              {(version) => <span class="font-normal text-base text-muted">{t`draft v${version()}`}</span>}
            </Show>
          </>
        }
        width="780px"
      >
        <Show
          when={search().draft}
          fallback={
            <QueryView query={query} what={t('The tool could not be loaded')}>
              {/* Keeps the version from when the sheet opened: the form must not change while someone fills it in. */}
              {(tool) => (
                <RunTool
                  tool={tool()}
                  tenant={params().tenant}
                  from={search().rerun}
                  inputOf={search().input}
                  exceptionId={search().exception}
                  sample={search().sample !== undefined}
                />
              )}
            </QueryView>
          }
        >
          {(version) => (
            <QueryView query={drafted} what={t('The draft could not be loaded')}>
              {/* Another draft by now is another sheet. */}
              {(draft) => (
                <Show
                  when={draft().version === version()}
                  fallback={<EmptyState title={t`v${version()} is no longer the draft`} />}
                >
                  <RunTool
                    tool={{ ...draft().definition, version: version(), enabled: true }}
                    tenant={params().tenant}
                    from={undefined}
                    inputOf={search().input}
                    exceptionId={search().exception}
                    sample={search().sample !== undefined}
                    draft={version()}
                  />
                </Show>
              )}
            </QueryView>
          )}
        </Show>
      </Sheet>
    </Show>
  );
}
