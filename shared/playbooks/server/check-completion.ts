import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import type { JsonValue } from '../../platform/json.ts';
import { createSecretRedactor, redactBySchema } from '../../platform/redaction/redaction.ts';
import { checkStorable, validateAgainst } from '../../platform/server/json-schema.ts';
import { redact, validatePayload } from '../../tools/server/tool-service.ts';
import type { RunRow } from '../db/playbook-runs.ts';
import type { StepRow } from '../db/step-runs.ts';
import type { Step } from '../steps/registry.ts';
import type { StepOutcome } from '../steps/step-common.ts';
import type { PlaybookContext } from './run-context.ts';
import { outcomesNow } from './step-rules.ts';
import { sealStepInput, usableStepTool, withHiddenValues } from './step-tool.ts';

/** What somebody sends to complete a step. */
export interface SentCompletion {
  outcome?: string | undefined;
  input?: JsonValue | undefined;
  reason?: string | undefined;
}

/** The same, checked and fit to be stored. */
export interface CheckedCompletion {
  outcome: string;
  /** Redacted; undefined when none was sent. */
  input: JsonValue | undefined;
  inputSealed: Buffer | null;
  reason: string | null;
}

/** The words of people for what the outcomes are called. */
const aliases: Record<string, string> = { approve: 'approved', reject: 'rejected', complete: 'done' };

/**
 * Whether what was sent completes the step as it stands: an outcome it has, the reason it asks for, an input that fits.
 * @throws InterlockError `invalid_input` with issues located in what was sent
 */
export async function checkCompletion(
  context: PlaybookContext,
  { run, step, row }: { run: RunRow; step: Step; row: StepRow },
  sent: SentCompletion,
): Promise<CheckedCompletion> {
  const outcome = chooseOutcome(outcomesNow(step, row), sent.outcome);
  const reason = sent.reason?.trim() || null;
  if (outcome.needsReason && !reason)
    throw invalid('It needs a reason.', { path: '/reason', message: 'is required', keyword: 'required' });
  const plain = { outcome: outcome.id, input: undefined, inputSealed: null, reason };
  if (step.type === 'call_tool' && outcome.id === 'run') {
    const tool = await usableStepTool(context, run.tenant_id, step);
    const payload = await withHiddenValues(context, row, sent.input);
    located(validatePayload(tool, payload));
    if (sent.input === undefined) return plain;
    const { value, changed } = redact(tool, 'input', payload);
    const ids = { tenantId: run.tenant_id, stepRunId: row.id };
    return {
      ...plain,
      input: value,
      inputSealed: changed ? await sealStepInput(context, ids, payload) : null,
    };
  }
  const form = 'form' in step ? step.form : undefined;
  if (!outcome.takesInput) {
    if (sent.input !== undefined)
      throw invalid('It takes no input.', { path: '/input', message: 'is not expected', keyword: 'unknown' });
    return plain;
  }
  // A form without required fields may be left empty.
  const input = sent.input ?? (form ? {} : undefined);
  if (input === undefined) return plain;
  located(checkStorable(input));
  if (form) located(validateAgainst(form, input));
  const marked = redactBySchema(input, form);
  return { ...plain, input: createSecretRedactor(marked.secrets).json(marked.value) };
}

function chooseOutcome(outcomes: StepOutcome[], sent: string | undefined): StepOutcome {
  const names = outcomes.map(({ id }) => id).join(', ');
  const known = sent === undefined ? undefined : (aliases[sent] ?? sent);
  const chosen =
    known === undefined ? onlyChoice(outcomes) : outcomes.find(({ id }) => id === known || id === sent);
  if (chosen) return chosen;
  const message = sent === undefined ? `is required: one of ${names}` : `is not one of ${names}`;
  throw invalid('Say how the step is completed.', { path: '/outcome', message, keyword: 'enum' });
}

/** `run` and `done` are what is meant when nothing is said; whoever decides says what. */
function onlyChoice(outcomes: StepOutcome[]): StepOutcome | undefined {
  const first = outcomes[0];
  return first && ['run', 'done', 'received', 'continue'].includes(first.id) ? first : undefined;
}

function located(issues: Issue[]): void {
  if (issues.length === 0) return;
  throw invalid(
    'The input does not fit. Nothing was done.',
    ...issues.map((issue) => ({ ...issue, path: `/input${issue.path}` })),
  );
}

function invalid(message: string, ...issues: Issue[]): InterlockError {
  return new InterlockError('invalid_input', message, { issues });
}
