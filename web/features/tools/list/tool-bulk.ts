import { useQueryClient } from '@tanstack/solid-query';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import type { Bulk, BulkAction } from '../../../kit/bulk/bulk-action.ts';
import { counted, t } from '../../../words/words.ts';
import type { ToolRow } from './tool-columns.tsx';

/** Enables and disables several tools for the tenant. */
export function createToolBulk(): Bulk<ToolRow> {
  const client = useQueryClient();
  const action = (id: string, label: string, enabled: boolean, effect: string): BulkAction<ToolRow> => ({
    id,
    label,
    about: (count) => t`${label}s ${counted(count, '{0} tool|{0} tools')} for this organization. ${effect}`,
    leaves: (tool) =>
      tool.enabled === enabled ? (enabled ? t('Already enabled') : t('Already disabled')) : null,
    run: (tool) => api.tools.setEnabled.mutate({ id: tool.id, enabled }),
    settled: () => void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') }),
  });
  return {
    name: ({ name }) => name,
    actions: [
      action('enable', t('Enable'), true, t('People, playbooks and API keys can run them again.')),
      action('disable', t('Disable'), false, t('New executions of them are refused; running ones go on.')),
    ],
  };
}
