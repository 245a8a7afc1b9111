import type { ExecutionContext } from '../../executions/server/execution-context.ts';
import type { Actor } from '../../identity/roles.ts';

/** What running playbooks needs, on either side of Temporal. */
export type PlaybookContext = ExecutionContext;

/** Who does what nobody does. */
export const playbookActor: Actor = { type: 'system', id: 'playbook', name: 'Playbook' };
/** Whoever talks to Temporal directly; it does not say who that is. */
export const temporalActor: Actor = { type: 'system', id: 'temporal', name: 'Temporal operator' };
