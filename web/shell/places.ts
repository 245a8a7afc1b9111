import {
  Activity,
  Bell,
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
import { t } from '../words/words.ts';

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
  { to: '/t/$tenant/home', label: t('Home'), icon: House, keys: 'g h' },
  { to: '/t/$tenant/inbox', label: t('Inbox'), icon: Inbox, keys: 'g i' },
  { to: '/t/$tenant/notifications', label: t('Notifications'), icon: Bell, keys: 'g n' },
  { to: '/t/$tenant/exceptions', label: t('Exceptions'), icon: TriangleAlert, keys: 'g x' },
  { to: '/t/$tenant/playbooks', label: t('Playbooks'), icon: ListChecks, keys: 'g p' },
  { to: '/t/$tenant/tools', label: t('Tools'), icon: Wrench, keys: 'g t' },
  { to: '/t/$tenant/connectors', label: t('Connectors'), icon: Cable, keys: 'g c' },
  { to: '/t/$tenant/executions', label: t('Executions'), icon: Activity, keys: 'g e' },
  { to: '/t/$tenant/batches', label: t('Batches'), icon: Layers, keys: 'g b' },
  { to: '/t/$tenant/schedules', label: t('Schedules'), icon: CalendarClock, keys: 'g d' },
  { to: '/t/$tenant/audit', label: t('Audit'), icon: ScrollText, keys: 'g a', permission: 'audit.read' },
  { to: '/t/$tenant/settings', label: t('Settings'), icon: Settings, keys: 'g s' },
] as const satisfies readonly Place[];

/** Those that a person may open. */
export const placesOf = (can: (permission: Permission) => boolean) =>
  places.filter(
    (place: (typeof places)[number] & Pick<Place, 'permission'>) =>
      place.permission === undefined || can(place.permission),
  );
