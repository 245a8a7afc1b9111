import { createMemo } from 'solid-js';
import { useQuery } from '../../../api/query.ts';
import { queries } from '../../../api/trpc.ts';

/** Finds tools by the names that steps use, the tenant's own before global ones. */
export function useToolsByName() {
  const query = useQuery(() => queries.tools.list({ scope: 'all', limit: 200 }));
  const byName = createMemo(() => {
    const items = query.isSuccess ? query.data.items : [];
    return new Map(
      items
        .toSorted((a, b) => Number(a.scope === 'tenant') - Number(b.scope === 'tenant'))
        .map((tool) => [tool.name, tool]),
    );
  });
  return (name: string) => byName().get(name);
}
