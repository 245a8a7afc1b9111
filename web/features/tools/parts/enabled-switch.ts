import { useQueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { tenantSlug } from '../../../api/tenant.ts';
import { api, queryKey } from '../../../api/trpc.ts';
import { toast, toastError } from '../../../shell/toasts.tsx';

interface Switchable {
  id: string;
  name: string;
  enabled: boolean;
}

/**
 * Turns tools on and off for the tenant. What was asked for shows at once, marked as not yet agreed;
 * the truth is what the server says after.
 */
export function createEnabledSwitch() {
  const client = useQueryClient();
  const [asked, setAsked] = createSignal<ReadonlyMap<string, boolean>>(new Map());

  async function set(tool: Switchable, enabled: boolean): Promise<void> {
    if (asked().has(tool.id)) return;
    setAsked((all) => new Map(all).set(tool.id, enabled));
    try {
      await api.tools.setEnabled.mutate({ id: tool.id, enabled });
      await client.invalidateQueries({ queryKey: queryKey(tenantSlug(), 'tools') });
      toast(`${tool.name} is ${enabled ? 'on' : 'off'} for this tenant`, {
        label: 'Undo',
        run: () => void set({ ...tool, enabled }, !enabled),
      });
    } catch (error) {
      toastError(`${tool.name} was not turned ${enabled ? 'on' : 'off'}`, error);
    } finally {
      setAsked((all) => new Map([...all].filter(([id]) => id !== tool.id)));
    }
  }

  return {
    set,
    /** What to show now. */
    shown: (tool: Switchable): boolean => asked().get(tool.id) ?? tool.enabled,
    busy: (tool: Switchable): boolean => asked().has(tool.id),
  };
}
