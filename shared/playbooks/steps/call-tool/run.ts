import { type ExecutionRow, isTerminal } from '../../../executions/db/executions-row.ts';
import { inFull } from '../../../executions/failure-message.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { jsonValue } from '../../../platform/json-text.ts';
import { ExpressionError, evaluateCondition, resolveTemplate } from '../../../platform/server/expressions.ts';
import { inputIssues } from '../../../platform/server/json-schema/input-issues.ts';
import { checkStorable, makeStorable } from '../../../platform/server/json-schema.ts';
import { redactSent } from '../../../platform/server/redact-large.ts';
import { redactInput, validatePayload } from '../../../tools/server/tool-service.ts';
import type { CompletionRow } from '../../db/step-completions.ts';
import type { StepRow } from '../../db/step-runs.ts';
import { playbookActor } from '../../server/run-context.ts';
import { loadScope } from '../../server/run-scope.ts';
import { settleCallOf } from '../../server/settle-linked.ts';
import type { Cause, StepEffect, StepRunner } from '../../server/step-runner.ts';
import { actorOf } from '../../server/step-subject.ts';
import { loadStepTool, sealStepInput, usableStepTool, withHiddenValues } from '../../server/step-tool.ts';
import type { CallToolStep } from './definition.ts';

const noFailure = { failure_code: null, failure_message: null };

export const callTool: StepRunner<CallToolStep> = {
  /** Nothing is called here: the person who completes the step can correct the input. */
  async open(step, { context, run, stepRunId, values }) {
    const input = values['/input'] ?? {};
    if (checkStorable(input).length > 0) throw new ExpressionError('The input cannot be stored', '/input');
    const tenantId = run.tenant_id;
    const tool = await context.db.tenant(tenantId, (connection) =>
      loadStepTool(connection, run, step).catch((error: unknown) => {
        if (!(error instanceof InterlockError)) throw error;
        throw new ExpressionError(error.message.replace(/\.$/, ''), '/tool');
      }),
    );
    const { value, changed } = await redactInput(context, tool, input);
    return {
      change: {
        status: 'waiting',
        input: value,
        input_sealed: changed ? await sealStepInput(context, { tenantId, stepRunId }, input) : null,
        issues: await validatePayload(tool, input),
      },
    };
  },

  complete(_, { row, completion, execution }) {
    if (completion.outcome === 'happened') {
      const output = makeStorable((completion.input ?? row.output ?? null) as JsonValue);
      const known = completion.input === null ? undefined : output;
      const settlement = { ...settledBy(completion), happened: true, output: known };
      return {
        change: { status: 'completed', output },
        also: (connection) => settleCallOf(connection, row, settlement),
      };
    }
    if (!execution) {
      const settlement = { ...settledBy(completion), happened: false };
      return {
        change: { status: 'waiting', ...noFailure },
        events: [{ type: 'StepReopened' }],
        also: (connection) => settleCallOf(connection, row, settlement),
      };
    }
    const columns =
      completion.outcome === 'probe'
        ? { detail: { ...row.detail, probeExecutionId: execution.id } }
        : {
            execution_ids: [...row.execution_ids, execution.id],
            // A further attempt starts from the input that was sent.
            input: jsonValue(execution.input),
            ...(completion.input === null ? {} : { input_sealed: completion.input_sealed }),
            issues: [],
          };
    return {
      change: { status: 'running', ...noFailure, ...columns },
      data: { executionId: execution.id },
    };
  },

  async toolRequest(step, { context, run, row, outcome, sent }) {
    if (outcome === 'run')
      return {
        tool: await usableStepTool(context, run, step),
        payload: await withHiddenValues(context, row, sent),
      };
    if (outcome !== 'probe' || !step.probe) return null;
    const tool = await usableStepTool(context, run, step.probe);
    const scope = await context.db.tenant(run.tenant_id, (connection) => loadScope(connection, run));
    try {
      return {
        tool,
        probe: true,
        payload: (await resolveTemplate(step.probe.input, scope, '/probe/input', run.tenant_id)) ?? {},
      };
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      throw new InterlockError('conflict', `The probe cannot run: ${error.message} (${error.path}).`);
    }
  },

  runningExecution: (row) => row.detail.probeExecutionId,

  toolEnded: (step, { row, execution, by }) =>
    row.detail.probeExecutionId === execution.id
      ? probeEnded(step, row, execution)
      : callEnded(step, execution, by),

  leftRunning(execution) {
    if (execution.status === 'succeeded') return succeeded(execution);
    if (!isTerminal(execution)) {
      const message = 'The run ended while the tool was running. See the execution for its result.';
      return { status: 'failed', failure_code: 'terminated', failure_message: message };
    }
    return {
      // An unknown outcome stays unknown.
      status: execution.failure_code === 'outcome_unknown' ? 'outcome_unknown' : 'failed',
      failure_code: execution.failure_code,
      failure_message: failureOf(execution, ''),
    };
  },

  async dryRun(step, { catalog, tenantId, who, resolve }) {
    const { value: input = {}, holes } = await resolve('/input');
    const tool = catalog.tool(step.tool, step.version);
    const waits = { result: 'would_wait', message: `Waits for ${who} to run ${step.tool}` } as const;
    if (tool === null || tool === 'no_version' || tool.archived) {
      const message =
        tool === 'no_version' ? `${step.tool} has no version ${step.version}` : `Tool ${step.tool} not found`;
      return { ...waits, issues: [{ path: '/tool', message, keyword: 'tool' }] };
    }
    const issues = await inputIssues(tool.definition.inputSchema, input, holes, tenantId);
    // Nothing is stored: the caller sees what they have sent, or may read.
    const { value } = await redactSent(input, tool.definition.inputSchema, [], tenantId, null);
    return { ...waits, input: value, issues };
  },
};

/** Who settled the step's call by completing the step. */
const settledBy = (completion: CompletionRow) => ({
  note: completion.reason ?? 'Settled on the step.',
  by: actorOf(completion),
});

/** With the provider's own words. */
const failureOf = ({ error_message, failure_reason }: ExecutionRow, otherwise: string): string =>
  inFull({ message: error_message ?? otherwise, reason: failure_reason });

const succeeded = (execution: ExecutionRow) =>
  ({
    ...noFailure,
    status: 'completed',
    outcome: 'run',
    output: jsonValue(execution.output_payload),
  }) as const;

async function callEnded(step: CallToolStep, execution: ExecutionRow, by: Cause): Promise<StepEffect> {
  const data = { executionId: execution.id };
  if (execution.status === 'succeeded') return { change: succeeded(execution), by, data };
  const code = execution.failure_code ?? 'internal';
  const message = failureOf(execution, 'Failed.');
  const failure = { failure_code: code, failure_message: message };
  const told = { ...data, code, message };
  // When a call is safe to retry, its outcome does not matter.
  if (code === 'outcome_unknown' && !execution.failure_retryable)
    return {
      change: { ...failure, status: 'outcome_unknown', output: jsonValue(execution.output_payload) },
      data: told,
    };
  if (step.onFailure === 'stay_open')
    return { change: { ...failure, status: 'waiting' }, events: [{ type: 'StepFailed', data: told }] };
  const status = step.onFailure === 'skip' ? 'skipped' : 'failed';
  return { change: { ...failure, status, outcome: 'failed', reason: message }, data: told };
}

/** The probe has checked with the provider whether an earlier call took effect. */
async function probeEnded(step: CallToolStep, row: StepRow, execution: ExecutionRow): Promise<StepEffect> {
  const detail = { ...row.detail };
  delete detail.probeExecutionId;
  const data = { executionId: execution.id };
  const undecided = (message: string): StepEffect => ({
    change: { detail, status: 'outcome_unknown', failure_code: 'outcome_unknown', failure_message: message },
    data: { ...data, message },
  });
  if (execution.status !== 'succeeded')
    return undecided(`Checking with the provider failed: ${failureOf(execution, 'no reason given.')}`);
  const output = jsonValue(execution.output_payload);
  const found = { note: `Checked with the provider: execution ${execution.id}.`, by: playbookActor };
  try {
    if (
      await evaluateCondition(step.probe?.happened ?? 'false', { output }, '/probe/happened', row.tenant_id)
    )
      return {
        change: { ...noFailure, detail, status: 'completed', outcome: 'happened', output },
        data: { ...data, outcome: 'happened' },
        also: (connection) => settleCallOf(connection, row, { ...found, happened: true, output }),
      };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return undecided(`${error.message} (${error.path}).`);
  }
  return {
    change: {
      detail,
      status: 'waiting',
      failure_code: 'did_not_happen',
      failure_message: 'The provider reports that the call did not take effect. It can be run again.',
    },
    events: [{ type: 'StepReopened', data }],
    also: (connection) => settleCallOf(connection, row, { ...found, happened: false }),
  };
}
