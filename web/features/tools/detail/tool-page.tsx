import { useQuery } from '@tanstack/solid-query';
import { Link, Outlet, useParams } from '@tanstack/solid-router';
import { Show } from 'solid-js';
import { queries } from '../../../api/trpc.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { ToolDetail } from './tool-detail.tsx';

/** One tool. Its run sheet is a child route and opens over the page. */
export default function ToolPage() {
  const params = useParams({ from: '/t/$tenant/tools/$toolId' });
  const query = useQuery(() => queries.tools.get({ id: params().toolId }));
  return (
    <>
      <QueryView query={query} what="The tool could not be loaded">
        {(tool) => <ToolDetail tool={tool()} />}
      </QueryView>
      <Show when={query.isError && !query.data}>
        <PageHeader
          title="Tool"
          back={
            <Link
              to="/t/$tenant/tools"
              params={{ tenant: params().tenant }}
              search={{}}
              class="hover:text-text"
            >
              Tools
            </Link>
          }
        />
      </Show>
      <Outlet />
    </>
  );
}
