import { Outlet, useParams } from '@tanstack/solid-router';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { PageHeader } from '../../../kit/page-header.tsx';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { ToolDetail } from './tool-detail.tsx';
import { ToolsLink } from './tools-link.tsx';

/** One tool. Its run sheet is a child route and opens over the page. */
export default function ToolPage() {
  const params = useParams({ from: '/t/$tenant/tools/$toolId' });
  const query = useQuery(() => queries.tools.get({ id: params().toolId }));
  return (
    <>
      <QueryView
        query={query}
        what={t('The tool could not be loaded')}
        header={<PageHeader title={t('Tool')} back={<ToolsLink tenant={params().tenant} />} />}
      >
        {(tool) => <ToolDetail tool={tool()} />}
      </QueryView>
      <Outlet />
    </>
  );
}
