import { useNavigate, useParams, useSearch } from '@tanstack/solid-router';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { QueryView } from '../../../kit/query-view.tsx';
import { VersionBrowser, VersionRows } from '../../../kit/versions/version-browser.tsx';
import { t } from '../../../words/words.ts';
import type { Tool } from '../parts/tool-words.ts';
import { VersionDiff } from './version-diff.tsx';

const route = '/t/$tenant/tools/$toolId';

/** All versions; the chosen one is compared with the one before it. */
export function VersionsTab(props: { tool: Tool }) {
  const search = useSearch({ from: route });
  const params = useParams({ from: route });
  const navigate = useNavigate();
  const query = useQuery(() => queries.tools.versions({ id: props.tool.id }));

  const to = () => search().to ?? props.tool.version;
  const from = () => search().from ?? (to() > 1 ? to() - 1 : undefined);
  const choose = (change: { from?: number; to?: number }) =>
    void navigate({
      to: route,
      params: params(),
      search: { tab: 'versions', ...change },
      replace: true,
    });

  return (
    <QueryView query={query} what={t('The versions could not be loaded')}>
      {(page) => (
        <VersionBrowser
          list={
            <VersionRows
              versions={page().items}
              chosen={to()}
              onChoose={(version) => choose({ to: version })}
            />
          }
        >
          <VersionDiff
            tool={props.tool}
            from={from()}
            to={to()}
            versions={page().items.map(({ version }) => version)}
            onCompare={(before) => choose({ from: before, to: to() })}
          />
        </VersionBrowser>
      )}
    </QueryView>
  );
}
