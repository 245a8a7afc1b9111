import { peopleWith } from '../../../identity/roles.ts';
import { asText } from '../../../tools/template.ts';
import { insertNotice } from '../../db/notices.ts';
import { resolveAssignee } from '../../server/assignees.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import type { NotifyStep } from './definition.ts';

export const notify: StepRunner<NotifyStep> = {
  async open(step, { context, run, stepRunId, values, scope }) {
    const message = asText(values['/message'] ?? '').slice(0, 4096);
    const to = await resolveAssignee(context, step.to, scope, '/to');
    return {
      change: { status: 'completed', outcome: 'sent', detail: { message }, ...to.columns },
      events: [{ type: 'NoticeSent', data: { message } }],
      also: (connection) =>
        insertNotice(connection, {
          kind: 'notify',
          to: { role: to.columns.assignee_role, user: to.columns.assignee_user },
          text: message,
          exceptionId: run.exception_id,
          runId: run.id,
          stepRunId,
        }),
    };
  },
  view: (_, { row }) => ({ output: row.output ?? row.detail.message }),
  async dryRun({ to }, { resolve }) {
    const { value } = await resolve('/message');
    const who = to.user ?? peopleWith(to.role ?? 'operator');
    return { result: 'would_run', message: `Notifies ${who}: ${asText(value ?? '')}`, outcome: 'sent' };
  },
};
