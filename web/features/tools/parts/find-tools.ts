import { keepPreviousData } from '@tanstack/solid-query';
import { useNavigate } from '@tanstack/solid-router';
import { Wrench } from 'lucide-solid';
import { useQuery } from '../../../api/query.ts';
import { tenantSlug } from '../../../api/tenant.ts';
import { queries } from '../../../api/trpc.ts';
import type { Finder } from '../../../shell/finder.ts';

/** Finds tools by their names; without a text it lists the first ones. */
export const findTools: Finder = (text) => {
  const navigate = useNavigate();
  const query = useQuery(() => ({
    ...queries.tools.list({ q: text() || undefined, limit: text() ? 8 : 5 }),
    placeholderData: keepPreviousData,
  }));
  return {
    group: 'Tools',
    searching: () => query.isFetching,
    outdated: () => query.isPlaceholderData,
    found: () =>
      (query.isSuccess ? query.data.items : []).map((tool) => ({
        id: tool.id,
        label: tool.title,
        detail: tool.name,
        icon: Wrench,
        open: () =>
          void navigate({
            to: '/t/$tenant/tools/$toolId',
            params: { tenant: tenantSlug(), toolId: tool.id },
          }),
      })),
  };
};
