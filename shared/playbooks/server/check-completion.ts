import type { BatchInput } from '../../batches/batch-schemas.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { checkSecretCount } from '../../platform/redaction/redact.ts';
import { checkStorable, validateAgainst } from '../../platform/server/json-schema.ts';
import { redactSent } from '../../platform/server/redact-large.ts';
import { redactInput, validatePayload } from '../../tools/server/tool-service.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import type { StepRow } from '../db/step-runs.ts';
import { definitionOf, type Step } from '../steps/registry.ts';
import type { StepOutcome } from '../steps/step-definition.ts';
import type { PlaybookContext } from './run-context.ts';
import { outcomesNow } from './step-rules.ts';
import type { ToolRequest } from './step-runner.ts';
import { runnerOf } from './step-runners.ts';
import { sealStepInput } from './step-tool.ts';

/** A completion as it is sent. */
export interface SentCompletion {
  outcome?: string | undefined;
  input?: JsonValue | undefined;
  reason?: string | undefined;
}

/** A completion that was checked and can be stored. */
export interface CheckedCompletion {
  outcome: string;
  /** Redacted; undefined when none was sent. */
  input: JsonValue | undefined;
  inputSealed: Buffer | null;
  reason: string | null;
  /** The tool call with this input, which people can preview. */
  request: ToolRequest | null;
  /** The batch that it requests. */
  batch: BatchInput | null;
}

/**
 * Checks a completion against the step as it is now: its outcome, the reason and the input.
 * @throws InterlockError `invalid_input` with issues located in the completion
 */
export async function checkCompletion(
  context: PlaybookContext,
  { run, step, row }: { run: RunRow; step: Step; row: StepRow },
  sent: SentCompletion,
): Promise<CheckedCompletion> {
  const outcome = checkOutcome(outcomesNow(step, row), sent);
  const written = sent.reason?.trim() || null;
  const reason = written && (await context.written.note(run.tenant_id, written));
  const plain = {
    outcome: outcome.id,
    input: undefined,
    inputSealed: null,
    reason,
    request: null,
    batch: null,
  };
  const chosen = { context, run, row, outcome: outcome.id, sent: sent.input };
  if (!outcome.takesInput) {
    if (sent.input !== undefined)
      throw invalid('This outcome takes no input.', {
        path: '/input',
        message: 'is not expected',
        keyword: 'unknown',
      });
    return { ...plain, batch: (await runnerOf(step).batchRequest?.(step, chosen)) ?? null };
  }
  const request = await runnerOf(step).toolRequest?.(step, chosen);
  if (request) {
    const { tool, payload } = request;
    located(await validatePayload(tool, payload));
    if (sent.input === undefined) return { ...plain, request };
    const { value, changed } = await redactInput(context, tool, payload);
    const ids = { tenantId: run.tenant_id, stepRunId: row.id };
    return {
      ...plain,
      request,
      input: value,
      inputSealed: changed ? await sealStepInput(context, ids, payload) : null,
    };
  }
  const form = definitionOf(step).form(step);
  // A form without required fields may be left empty.
  const input = sent.input ?? (form ? {} : undefined);
  if (input === undefined) return plain;
  located(checkStorable(input));
  if (form) located(await validateAgainst(form, input, run.tenant_id));
  const known = await context.written.secrets(run.tenant_id);
  const marks = form && (await context.personal.ofMarks(run.tenant_id));
  const redacted = await redactSent(input, form ?? undefined, known, run.tenant_id, marks);
  checkSecretCount(redacted.secrets);
  return { ...plain, input: redacted.value };
}

/** The outcome that is chosen. @throws InterlockError `invalid_input`; also when its reason is missing */
export function checkOutcome(outcomes: StepOutcome[], sent: SentCompletion): StepOutcome {
  const outcome = chooseOutcome(outcomes, sent.outcome);
  if (outcome.needsReason && !sent.reason?.trim())
    throw invalid('A reason is required.', { path: '/reason', message: 'is required', keyword: 'required' });
  return outcome;
}

function chooseOutcome(outcomes: StepOutcome[], sent: string | undefined): StepOutcome {
  const names = outcomes.map(({ id }) => id).join(', ');
  const chosen =
    sent === undefined
      ? outcomes.find(({ byDefault }) => byDefault)
      : outcomes.find(({ id, alias }) => id === sent || alias === sent);
  if (chosen) return chosen;
  const message = sent === undefined ? `is required: one of ${names}` : `is not one of ${names}`;
  throw invalid('Choose an outcome.', { path: '/outcome', message, keyword: 'enum' });
}

function located(issues: Issue[]): void {
  if (issues.length === 0) return;
  throw invalid(
    'Fix the highlighted fields. Nothing was sent.',
    ...issues.map((issue) => ({ ...issue, path: `/input${issue.path}` })),
  );
}

function invalid(message: string, ...issues: Issue[]): InterlockError {
  return new InterlockError('invalid_input', message, { issues });
}
