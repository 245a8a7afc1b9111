import { useQueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { toast, toastError } from '../../../shell/toasts.tsx';
import { t } from '../../../words/words.ts';

interface Switchable {
  id: string;
  name: string;
  enabled: boolean;
}

/** Enables and disables tools for the tenant. Shows the new state at once, as busy until the server confirms it. */
export function createEnabledSwitch() {
  const client = useQueryClient();
  const [requested, setRequested] = createSignal<ReadonlyMap<string, boolean>>(new Map());

  async function set(tool: Switchable, enabled: boolean): Promise<void> {
    if (requested().has(tool.id)) return;
    setRequested((all) => new Map(all).set(tool.id, enabled));
    try {
      await api.tools.setEnabled.mutate({ id: tool.id, enabled });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
      toast(enabled ? t`${tool.name} enabled` : t`${tool.name} disabled`, {
        label: t('Undo'),
        run: () => void set({ ...tool, enabled }, !enabled),
      });
    } catch (error) {
      toastError(enabled ? t`${tool.name} was not enabled` : t`${tool.name} was not disabled`, error);
    } finally {
      setRequested((all) => new Map([...all].filter(([id]) => id !== tool.id)));
    }
  }

  return {
    set,
    /** The state to show. */
    shown: (tool: Switchable): boolean => requested().get(tool.id) ?? tool.enabled,
    busy: (tool: Switchable): boolean => requested().has(tool.id),
  };
}
