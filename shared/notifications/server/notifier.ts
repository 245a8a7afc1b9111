import type { Actor } from '../../identity/roles.ts';

/** Who changes what the notifications themselves find out. */
export const notifier: Actor = { type: 'system', id: 'notifications', name: 'Notifications' };
