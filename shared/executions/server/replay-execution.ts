import { canonicalJson } from '../../platform/canonical-json.ts';
import { diffJson, type ValueDiff } from '../../platform/diff-json.ts';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isScalar, type JsonValue } from '../../platform/json.ts';
import { jsonValue } from '../../platform/json-text.ts';
import { createSecretRedactor } from '../../platform/redaction/redaction.ts';
import { holdsMark } from '../../platform/redaction/redaction-mark.ts';
import { providerOf, renderRequest } from '../../tools/providers/registry.ts';
import { newInputIssues, unredacted } from '../../tools/server/new-issues.ts';
import type { PersonalData } from '../../tools/server/personal-data.ts';
import { type Providers, replayProvider } from '../../tools/server/providers.ts';
import { type LoadedTool, redactInput } from '../../tools/server/tool-service.ts';
import { maxRecordedBytes, type RecordedExecution } from '../db/executions-recorded.ts';
import { redactedPaths } from '../redacted-paths.ts';
import type { ReplayedExecution } from '../replay-schemas.ts';
import { invalidOutput, outputIssues } from './check-output.ts';
import { redactResponse } from './redact-response.ts';
import { shownRequest } from './shown-request.ts';

export interface ReplayServices {
  personal: PersonalData;
  providers: Providers;
}

type Found = Pick<ReplayedExecution, 'verdict' | 'reason' | 'issues' | 'request' | 'output'>;

/**
 * What an execution would come to with another definition of its tool, by what was recorded of it. Nothing is sent: its input
 * takes the way of every call up to the request, and its recorded response the way of every response.
 * @param before the tool as it was executed
 * @param after the tool that is tried
 */
export async function replayExecution(
  services: ReplayServices,
  row: RecordedExecution,
  before: LoadedTool,
  after: LoadedTool,
): Promise<ReplayedExecution> {
  const { id: executionId, tool_version: toolVersion, status } = row;
  const found = await replay({ services, row, before, after });
  return { executionId, createdAt: row.created_at.toISOString(), toolVersion, status, ...found };
}

interface Replayed {
  services: ReplayServices;
  row: RecordedExecution;
  before: LoadedTool;
  after: LoadedTool;
}

const nothing: Found = { verdict: 'not_recorded', reason: null, issues: [], request: null, output: null };
const unknown = (reason: string, found: Partial<Found> = {}): Found => ({ ...nothing, ...found, reason });
const breaks = (reason: string, found: Partial<Found>): Found => ({
  ...nothing,
  ...found,
  verdict: 'would_break',
  reason,
});

async function replay(replayed: Replayed): Promise<Found> {
  const { row, before, after } = replayed;
  if (row.status !== 'succeeded' && row.status !== 'failed') return unknown('It has not ended.');
  if (row.payloads_removed)
    return unknown('Its payloads were removed, as the retention of the organization asks.');
  if (!row.input) return unknown(tooLarge('input'));
  const input = row.input.value;
  const [from, to] = [before.definition, after.definition];
  const issues = await newInputIssues(from.inputSchema, to.inputSchema, input, after.loadedForId);
  if (issues.length > 0) {
    const reason = 'The input does not match the input schema.';
    // What the provider has refused for good is refused sooner now.
    return isRefusal(row.http_status)
      ? { ...nothing, verdict: 'changed', reason: `It failed, and would earlier: ${reason}`, issues }
      : breaks(reason, { issues });
  }
  const request = await requestChange(replayed, input);
  if ('found' in request) return request.found;
  const response = await responseChange(replayed);
  const changed = request.diff !== null || response.output !== null;
  return {
    ...response,
    request: request.diff,
    verdict: response.verdict === 'same' && changed ? 'changed' : response.verdict,
  };
}

const isRefusal = (status: number | null): boolean =>
  status !== null && status >= 400 && status < 500 && ![408, 425, 429].includes(status);

const tooLarge = (what: string): string => `Its ${what} has more than ${maxRecordedBytes / 1024} kB.`;

async function requestChange(
  { services, before, after }: Replayed,
  input: JsonValue,
): Promise<{ diff: ValueDiff | null } | { found: Found }> {
  const was = rendered(before, input);
  // A redacted value may be none where it is used: nothing can be compared then.
  if ('problem' in was) return { diff: null };
  let redacted: JsonValue;
  try {
    ({ value: redacted } = await redactInput(services, after, input));
  } catch (error) {
    if (error instanceof InterlockError) return { found: unknown(error.message) };
    throw error;
  }
  const is = rendered(after, redacted);
  if ('request' in is) return { diff: diffJson(was.request, is.request) };
  const issues = unredacted(is.issues, input);
  if (issues.length === 0 && redactedPaths(input).length > 0)
    return { found: unknown(`${is.problem} Some of its values are redacted.`) };
  return { found: breaks(is.problem, { issues }) };
}

type Rendered = { request: JsonValue } | { problem: string; issues: Issue[] };

/** The request of a redacted input, as it is shown. No secret is opened. */
function rendered(tool: LoadedTool, redactedInput: JsonValue): Rendered {
  try {
    const request = renderRequest(tool.definition, redactedInput);
    const shown = shownRequest({ tool, request, redactedInput, changed: false }, createSecretRedactor([]));
    return { request: shown as unknown as JsonValue };
  } catch (error) {
    if (!(error instanceof InterlockError)) throw error;
    return { problem: error.message, issues: error.issues ?? [] };
  }
}

type Response = Omit<Found, 'request'>;

async function responseChange(replayed: Replayed): Promise<Response> {
  const { row, before, after } = replayed;
  const recorded = recordedOf(replayed);
  if ('reason' in recorded) return { ...nothing, reason: recorded.reason };
  if ('refused' in recorded) return { ...nothing, verdict: 'same', reason: recorded.refused };
  const made = await outputOf(replayed, after, recorded);
  const hidden = redactedPaths(recorded.body ?? null).length > 0;
  const failedBefore = row.status === 'failed';
  if ('problem' in made) {
    if (failedBefore)
      return { ...nothing, verdict: 'same', reason: 'Its response was not usable, and still is not.' };
    if (hidden && (await dependsOnHidden(replayed, recorded)))
      return {
        ...nothing,
        reason: `${made.problem} That may be because a value of its response is redacted.`,
      };
    return { ...nothing, verdict: 'would_break', reason: made.problem };
  }
  const { value: output, issues } = made;
  // Where the response is redacted, what the old definition makes of it now is what compares.
  const control = hidden && recorded.body !== undefined ? await outputOf(replayed, before, recorded) : null;
  const was = control && 'value' in control ? control.value : row.output?.value;
  const diff = diffJson(was ?? null, output);
  if (issues.length > 0 && !failedBefore)
    return { verdict: 'would_break', reason: invalidOutput.message, issues, output: diff };
  if (failedBefore && issues.length === 0)
    return { verdict: 'changed', reason: 'It failed, and would succeed.', issues: [], output: diff };
  const fails = failedBefore && !sameIssues(issues, row.issues ?? []);
  return { verdict: fails ? 'changed' : 'same', reason: null, issues, output: diff };
}

/** What may have been where a mark is now: a number, a text with one, a time, nothing. */
const stands: readonly (JsonValue | undefined)[] = [0, '1', '2026-01-01T00:00:00Z', undefined];

/** Whether a definition that cannot use the redacted response could use one with other values in the place of marks. */
async function dependsOnHidden(replayed: Replayed, { body = null, ...response }: Recorded): Promise<boolean> {
  for (const stand of stands) {
    const filled = { ...response, body: withoutMarks(body, stand) ?? null };
    if ('value' in (await outputOf(replayed, replayed.after, filled))) return true;
  }
  return false;
}

function withoutMarks(value: JsonValue, stand: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === 'string') return holdsMark(value) ? stand : value;
  if (isScalar(value)) return value;
  if (Array.isArray(value))
    return value.map((item) => withoutMarks(item, stand)).filter((item) => item !== undefined);
  const entries = Object.entries(value).map(([key, inner]) => [key, withoutMarks(inner, stand)] as const);
  return Object.fromEntries(entries.filter((entry) => entry[1] !== undefined)) as JsonValue;
}

const sameIssues = (one: readonly Issue[], other: readonly Issue[]): boolean =>
  canonicalJson(one as unknown as JsonValue) === canonicalJson(other as unknown as JsonValue);

/** `body`: what a transform is applied to. Without it, what the transform made of it is all that is kept. */
interface Recorded {
  status: number;
  headers: Record<string, string>;
  body?: JsonValue;
}

/** What is recorded of a response; why nothing is; or that the provider refused, which no definition changes. */
function recordedOf({ row, before, after }: Replayed): Recorded | { reason: string } | { refused: string } {
  const [from, to] = [before.definition, after.definition];
  if (row.settlement) return { reason: 'A person settled it, so there is no response to replay.' };
  const invalid = row.failure_code === 'invalid_output';
  if (row.status === 'failed' && !invalid) {
    if (row.http_status === null) return { reason: 'It failed without a response.' };
    return { refused: `It failed, whatever the definition: the response was ${row.http_status}.` };
  }
  const { status = row.http_status ?? 200, headers = {} } = row.response ?? {};
  const response = { status, headers };
  const use = providerOf(from).response;
  const isReadAlike = from.type === to.type && canonicalJson(readBy(from)) === canonicalJson(readBy(to));
  if (!isReadAlike)
    return {
      reason: 'The definition asks for another response, or reads it in another way. That needs a call.',
    };
  const [transformed, transforms] = [use?.transform?.(from), use?.transform?.(to)];
  if (row.response?.body !== undefined) return { ...response, body: row.response.body };
  if (!row.output) return { reason: tooLarge('output') };
  const { value } = row.output;
  // A response that could not be read, or was not transformed, is kept as its text or as it is.
  if (invalid && row.issues === null)
    return typeof value === 'string'
      ? { reason: 'Its response could not be read.' }
      : { ...response, body: value };
  if (transformed === undefined) return { ...response, body: value };
  if (transformed === transforms) return response;
  return {
    reason: 'What its transform read was not kept.',
  };
}

const readBy = (definition: LoadedTool['definition']): JsonValue =>
  (providerOf(definition).response?.readBy(definition) ?? null) as JsonValue;

/** What a definition makes of a recorded response, redacted. */
async function outputOf(
  { services, row }: Replayed,
  tool: LoadedTool,
  { body, ...response }: Recorded,
): Promise<{ value: JsonValue; issues: Issue[] } | { problem: string }> {
  const { definition, loadedForId: tenantId } = tool;
  const result =
    body === undefined
      ? { ok: true as const, output: row.output?.value ?? null }
      : await replayProvider(definition, { ...response, body }, tenantId, services.providers);
  if (!result.ok) return { problem: `${result.message.replace(/\.$/, '')}.` };
  const pii = services.personal.ofTool(tool);
  const { value } = await redactResponse(result.output, definition.outputSchema, [], tenantId, pii, false);
  const redacted = jsonValue(value);
  const issues = await outputIssues(definition, result.output, tenantId);
  return { value: redacted, issues: unredacted(issues, jsonValue(result.output)) };
}
