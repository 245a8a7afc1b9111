import { useQueryClient } from '@tanstack/solid-query';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import type { Bulk, BulkAction } from '../../../kit/bulk/bulk-action.ts';
import { counted, t } from '../../../words/words.ts';
import type { ToolRow } from './tool-columns.tsx';

/** Enables and disables several tools for the tenant. */
export function createToolBulk(): Bulk<ToolRow> {
  const client = useQueryClient();
  const action = (
    id: string,
    label: string,
    enabled: boolean,
    about: (count: number) => string,
  ): BulkAction<ToolRow> => ({
    id,
    label,
    about,
    leaves: (tool) =>
      tool.enabled === enabled ? (enabled ? t('Already enabled') : t('Already disabled')) : null,
    run: (tool) => api.tools.setEnabled.mutate({ id: tool.id, enabled }),
    settled: () => void client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') }),
  });
  return {
    name: ({ name }) => name,
    actions: [
      action('enable', t('Enable'), true, (count) =>
        counted(
          count,
          'Enables {0} tool for this organization. People, playbooks and API keys can run it again.|Enables {0} tools for this organization. People, playbooks and API keys can run them again.',
        ),
      ),
      action('disable', t('Disable'), false, (count) =>
        counted(
          count,
          'Disables {0} tool for this organization. New executions of it are refused; running ones go on.|Disables {0} tools for this organization. New executions of them are refused; running ones go on.',
        ),
      ),
    ],
  };
}
