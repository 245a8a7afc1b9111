import { v7 as uuidv7 } from 'uuid';
import { ExpressionError, resolveTemplate } from '../../../platform/server/expressions.ts';
import { validateAgainst } from '../../../platform/server/json-schema.ts';
import { insertRun } from '../../db/playbook-runs.ts';
import { findPublishedPlaybook } from '../../db/playbooks.ts';
import { playbookActor } from '../../server/run-context.ts';
import { notCompleted, type StepRunner } from '../../server/step-runner.ts';
import { tellRun } from '../../server/tell.ts';
import type { PlaybookStep } from './definition.ts';

export const playbook: StepRunner<PlaybookStep> = {
  /** Writes the run of the other playbook; the workflow starts it as its child. */
  async open(step, { context, run, stepRunId, scope }) {
    const input = (await resolveTemplate(step.input, scope, '/input')) ?? {};
    const published = await context.db.tenant(run.tenant_id, (connection) =>
      findPublishedPlaybook(connection, step.playbook),
    );
    if (!published) throw new ExpressionError(`There is no published playbook ${step.playbook}`, '/playbook');
    const [issue] = validateAgainst(published.document.inputSchema, input);
    if (issue) throw new ExpressionError(`Its input does not fit: ${issue.path} ${issue.message}`, '/input');
    const id = uuidv7();
    return {
      change: { status: 'running', child_run_id: id, input },
      also: async (connection) => {
        const child = await insertRun(connection, {
          id,
          playbook: published,
          exceptionId: run.exception_id,
          parent: { runId: run.id, stepRunId },
          input,
          actor: { type: run.started_by_type, id: run.started_by_id, name: run.started_by_name },
          person: run.started_by_person,
        });
        await tellRun(connection, child, 'PlaybookRunStarted', playbookActor, {});
      },
    };
  },
  complete: notCompleted,
};
