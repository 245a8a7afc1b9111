import { v7 as uuidv7 } from 'uuid';
import type { JsonObject } from '../../../platform/json.ts';
import { ExpressionError } from '../../../platform/server/expressions.ts';
import { inputIssues } from '../../../platform/server/json-schema/input-issues.ts';
import { validateAgainst } from '../../../platform/server/json-schema.ts';
import { insertRun, starterOf } from '../../db/playbook-runs.ts';
import { findPublishedPlaybook } from '../../db/playbook-versions.ts';
import { playbookActor } from '../../server/run-context.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import { tellRun } from '../../server/tell.ts';
import type { PlaybookStep } from './definition.ts';

export const playbook: StepRunner<PlaybookStep> = {
  /** Writes the run of the other playbook; the workflow starts it as its child. */
  async open(step, { context, run, stepRunId, values }) {
    const input = values['/input'] ?? {};
    const published = await context.db.tenant(run.tenant_id, (connection) =>
      findPublishedPlaybook(connection, step.playbook),
    );
    if (!published) throw new ExpressionError(`Published playbook ${step.playbook} not found`, '/playbook');
    const [issue] = await validateAgainst(published.document.inputSchema, input, run.tenant_id);
    if (issue) throw new ExpressionError(`Invalid input: ${issue.path} ${issue.message}`, '/input');
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
          actor: starterOf(run),
          person: run.started_by_person,
        });
        await tellRun(connection, child, 'PlaybookRunStarted', { actor: playbookActor }, {});
      },
    };
  },

  runEnded(step, { child, outputs }) {
    const { status } = child;
    const data = { childRunId: child.id, status };
    if (status === 'completed') {
      const output: JsonObject = { status, steps: outputs };
      return { change: { status, outcome: status, output }, data };
    }
    const reason = child.reason ?? `The playbook ${child.playbook_title} was ${status}.`;
    const ended = step.onFailure === 'skip' ? 'skipped' : 'failed';
    return { change: { status: ended, outcome: status, reason }, data };
  },

  async dryRun(step, { catalog, tenantId, resolve }) {
    const { value: input = {}, holes } = await resolve('/input');
    const runs = { result: 'would_run', message: `Runs ${step.playbook}`, input } as const;
    const published = catalog.playbook(step.playbook);
    if (!published) {
      const message = `Published playbook ${step.playbook} not found`;
      return { ...runs, issues: [{ path: '/playbook', message, keyword: 'playbook' }] };
    }
    const issues = await inputIssues(published.document.inputSchema, input, holes, tenantId);
    return { ...runs, issues };
  },
};
