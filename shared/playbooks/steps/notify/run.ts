import { resolveTemplate } from '../../../platform/server/expressions.ts';
import { asText } from '../../../tools/template.ts';
import { insertNotice } from '../../db/notices.ts';
import { resolveAssignee } from '../../server/assignees.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import { notCompleted } from '../../server/step-runner.ts';
import type { NotifyStep } from './definition.ts';

export const notify: StepRunner<NotifyStep> = {
  async open(step, { context, run, stepRunId, scope }) {
    const message = asText((await resolveTemplate(step.message, scope, '/message')) ?? '').slice(0, 4096);
    const to = await resolveAssignee(context, step.to, scope, '/to');
    return {
      change: { status: 'completed', outcome: 'sent', detail: { message }, ...to.columns },
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
  complete: notCompleted,
};
