import { Activity, Cable, Inbox, ListChecks, Settings, TriangleAlert, Wrench } from 'lucide-solid';
import type { Icon } from '../kit/button.tsx';

/** The entries of the navigation, the palette and the `g` shortcuts. */
export const places = [
  { to: '/t/$tenant/inbox', label: 'Inbox', icon: Inbox, keys: 'g i' },
  { to: '/t/$tenant/exceptions', label: 'Exceptions', icon: TriangleAlert, keys: 'g x' },
  { to: '/t/$tenant/playbooks', label: 'Playbooks', icon: ListChecks, keys: 'g p' },
  { to: '/t/$tenant/tools', label: 'Tools', icon: Wrench, keys: 'g t' },
  { to: '/t/$tenant/connectors', label: 'Connectors', icon: Cable, keys: 'g c' },
  { to: '/t/$tenant/executions', label: 'Executions', icon: Activity, keys: 'g e' },
  { to: '/t/$tenant/settings', label: 'Settings', icon: Settings, keys: 'g s' },
] as const satisfies readonly { to: string; label: string; icon: Icon; keys: string }[];
