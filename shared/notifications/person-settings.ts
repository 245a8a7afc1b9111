import { kindDefinitions, type NotificationKind, notificationKinds } from './notification-kinds.ts';
import type { PersonSettings, StoredSettings } from './notification-schemas.ts';

/** What a person has chosen, and what is so by default. */
export function settingsOf(stored: StoredSettings = {}): PersonSettings {
  const kinds = Object.fromEntries(
    notificationKinds.map((kind) => [kind, stored.kinds?.[kind] ?? kindDefinitions[kind].default]),
  ) as Record<NotificationKind, PersonSettings['kinds'][NotificationKind]>;
  return {
    kinds,
    digest: stored.digest ?? { every: 'day', at: '08:00' },
    quiet: stored.quiet ?? null,
    timeZone: stored.timeZone ?? 'UTC',
    language: stored.language ?? 'en',
  };
}
