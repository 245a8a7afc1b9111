import {
  Activity,
  Cable,
  CalendarClock,
  House,
  Inbox,
  Layers,
  ListChecks,
  ScrollText,
  Settings,
  TriangleAlert,
  Wrench,
} from 'lucide-solid';
import type { Permission } from '../../shared/identity/roles.ts';
import type { Icon } from '../kit/button.tsx';

interface Place {
  to: string;
  label: string;
  icon: Icon;
  keys: string;
  /** Who lacks it does not see the place. */
  permission?: Permission;
}

/** The entries of the navigation, the palette and the `g` shortcuts. */
const places = [
  { to: '/t/$tenant/home', label: 'Home', icon: House, keys: 'g h' },
  { to: '/t/$tenant/inbox', label: 'Inbox', icon: Inbox, keys: 'g i' },
  { to: '/t/$tenant/exceptions', label: 'Exceptions', icon: TriangleAlert, keys: 'g x' },
  { to: '/t/$tenant/playbooks', label: 'Playbooks', icon: ListChecks, keys: 'g p' },
  { to: '/t/$tenant/tools', label: 'Tools', icon: Wrench, keys: 'g t' },
  { to: '/t/$tenant/connectors', label: 'Connectors', icon: Cable, keys: 'g c' },
  { to: '/t/$tenant/executions', label: 'Executions', icon: Activity, keys: 'g e' },
  { to: '/t/$tenant/batches', label: 'Batches', icon: Layers, keys: 'g b' },
  { to: '/t/$tenant/schedules', label: 'Schedules', icon: CalendarClock, keys: 'g d' },
  { to: '/t/$tenant/audit', label: 'Audit', icon: ScrollText, keys: 'g a', permission: 'audit.read' },
  { to: '/t/$tenant/settings', label: 'Settings', icon: Settings, keys: 'g s' },
] as const satisfies readonly Place[];

/** Those that a person may open. */
export const placesOf = (can: (permission: Permission) => boolean) =>
  places.filter(
    (place: (typeof places)[number] & Pick<Place, 'permission'>) =>
      place.permission === undefined || can(place.permission),
  );
