import type { JsonValue } from '../../../platform/json.ts';
import { ExpressionError, resolveTemplate } from '../../../platform/server/expressions.ts';
import { checkStorable, makeStorable } from '../../../platform/server/json-schema.ts';
import { redact, validatePayload } from '../../../tools/server/tool-service.ts';
import type { StepRunner } from '../../server/step-runner.ts';
import { findStepTool, sealStepInput } from '../../server/step-tool.ts';
import type { CallToolStep } from './definition.ts';

export const callTool: StepRunner<CallToolStep> = {
  /** Resolves the input. What is wrong with it is for whoever completes the step: nothing is called here. */
  async open(step, { context, run, stepRunId, scope }) {
    const input = (await resolveTemplate(step.input, scope, '/input')) ?? {};
    if (checkStorable(input).length > 0) throw new ExpressionError('The input cannot be stored', '/input');
    const tenantId = run.tenant_id;
    const tool = await context.db.tenant(tenantId, (connection) => findStepTool(connection, step));
    if (!tool) throw new ExpressionError(`There is no tool ${step.tool}`, '/tool');
    const { value, changed } = redact(tool, 'input', input);
    return {
      change: {
        status: 'waiting',
        input: value,
        input_sealed: changed ? await sealStepInput(context, { tenantId, stepRunId }, input) : null,
        issues: validatePayload(tool, input),
      },
    };
  },

  complete(_, { row, completion }) {
    if (completion.outcome === 'happened') {
      const output = makeStorable((completion.input ?? row.output ?? null) as JsonValue);
      return { change: { status: 'completed', output } };
    }
    if (completion.outcome === 'did_not_happen') {
      return { change: { status: 'waiting', failure_code: null, failure_message: null } };
    }
    // `run` and `probe`: the execution is written beside this.
    return { change: { status: 'running', failure_code: null, failure_message: null } };
  },
};
