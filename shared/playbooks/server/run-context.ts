import type { ChangeContext, ReadContext } from '../../events/server/change-context.ts';
import type { ExecutionContext } from '../../executions/server/execution-context.ts';
import type { Actor } from '../../identity/roles.ts';

/** What running playbooks needs, in the API and in the worker. */
export type PlaybookContext = ExecutionContext;

/** Who changes a run, and by which request. */
export type RunChange = ChangeContext<PlaybookContext>;
/** Who reads runs. */
export type RunRead = ReadContext<PlaybookContext>;

/** The actor of what no person does. */
export const playbookActor: Actor = { type: 'system', id: 'playbook', name: 'Playbook' };
/** Someone who sends messages to Temporal directly; Temporal does not know who. */
export const temporalActor: Actor = { type: 'system', id: 'temporal', name: 'Temporal operator' };
