import { useQueryClient } from '@tanstack/solid-query';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import type { Bulk, BulkAction } from '../../../kit/bulk/bulk-action.ts';
import { counted } from '../../../kit/format.ts';
import type { ToolRow } from './tool-columns.tsx';

/** Enables and disables several tools for the tenant. */
export function createToolBulk(): Bulk<ToolRow> {
  const client = useQueryClient();
  const action = (id: string, label: string, enabled: boolean, effect: string): BulkAction<ToolRow> => ({
    id,
    label,
    about: (count) => `${label}s ${counted(count, 'tool')} for this organization. ${effect}`,
    leaves: (tool) => (tool.enabled === enabled ? `Already ${enabled ? 'enabled' : 'disabled'}` : null),
    run: (tool) => api.tools.setEnabled.mutate({ id: tool.id, enabled }),
    settled: () => void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') }),
  });
  return {
    name: ({ name }) => name,
    actions: [
      action('enable', 'Enable', true, 'People, playbooks and API keys can run them again.'),
      action('disable', 'Disable', false, 'New executions of them are refused; running ones go on.'),
    ],
  };
}
