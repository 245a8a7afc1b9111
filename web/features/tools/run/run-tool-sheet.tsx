import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { Sheet } from '../../../kit/dialog.tsx';
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
  useTitle(() => (query.isSuccess ? t`Run ${query.data.name}` : t('Run')));
  const close = () =>
    void navigate({ to: '/t/$tenant/tools/$toolId', params: params(), search: { tab: search().tab } });
  return (
    <Show when={params().toolId} keyed>
      <Sheet
        open
        onClose={close}
        title={
          <>
            <span class="truncate">{rich`Run ${() => (query.isSuccess ? (query.data.title ?? query.data.name) : '')}`}</span>
            <Show when={query.isSuccess && query.data}>
              {(tool) => <span class="font-normal text-base text-muted">v{tool().version}</span>}
            </Show>
          </>
        }
        width="780px"
      >
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
      </Sheet>
    </Show>
  );
}
