import { useSearch } from '@tanstack/solid-router';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';
import { QueryView } from '../../../kit/query-view.tsx';
import { t } from '../../../words/words.ts';
import { CallUsage } from '../../usage/parts/call-usage.tsx';
import { usageInputOf } from '../../usage/parts/period.tsx';
import type { Tool } from '../parts/tool-words.ts';

/** How this tool is used. */
export function UsageTab(props: { tool: Tool }) {
  const search = useSearch({ from: '/t/$tenant/tools/$toolId' });
  const query = useQuery(() => ({
    ...queries.usage.tool({ id: props.tool.id, ...usageInputOf(search().period) }),
    refetchInterval: 60_000,
  }));
  return (
    <QueryView query={query} what={t('The usage could not be loaded')}>
      {(usage) => <CallUsage usage={usage()} period={search().period} of={{ toolId: props.tool.id }} />}
    </QueryView>
  );
}
