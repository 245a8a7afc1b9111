import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { readStalled } from '../../executions/db/stalled-workflows.ts';
import { stallWords } from '../../platform/stall-causes.ts';
import { isRunOpen, type RunRow } from '../db/playbook-runs.ts';
import type { PlaybookContext } from './run-context.ts';

/** Why the workflow of a run could not be reached, in a sentence for people. */
export async function whyUnreached(
  { db }: Pick<PlaybookContext, 'db'>,
  run: RunRow,
  error: unknown,
): Promise<string> {
  if (error instanceof WorkflowNotFoundError && isRunOpen(run))
    return run.workflow_started_at
      ? 'Temporal has no open workflow for this run. Within seconds it starts again, or the run ends.'
      : 'The run is still starting.';
  const stalled = await db.tenant(run.tenant_id, (connection) => readStalled(connection, [run.id]));
  if (stalled) return `This run does not go on. ${stallWords[stalled.cause]}`;
  if (error instanceof WorkflowUpdateFailedError) return 'The workflow of the run could not decide on this.';
  return 'Temporal is unreachable.';
}
