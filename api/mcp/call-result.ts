import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Execution } from '../../shared/executions/execution-schemas.ts';
import type { InterlockError } from '../../shared/platform/error-codes.ts';
import type { JsonValue } from '../../shared/platform/json.ts';
import { type Json, jsonValue, writeJson } from '../../shared/platform/json-text.ts';
import { isObject } from '../../shared/platform/schema-properties.ts';
import { validateAgainst } from '../../shared/platform/server/json-schema.ts';
import { type OfferedSchema, offeredOutput, offeredPart } from './offered-schema.ts';
import { getExecutionName } from './own-names.ts';

/** The dialect in which clients read schemas that name none. */
const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** What a result says of an execution that has no output to show, or one that does not fit the schema of the tool. */
export const shownExecution = {
  type: 'object',
  properties: {
    executionId: { type: 'string', description: `For ${getExecutionName}` },
    status: { type: 'string', enum: ['requested', 'running', 'succeeded', 'failed'] },
    output: { description: 'Of an execution that succeeded' },
    failure: { type: 'object', description: 'Of an execution that failed: code, message, retryable' },
    issues: { type: 'array', description: 'Problems of the input or the output, each with its place' },
    approval: {
      type: 'object',
      description: 'Of an execution that needs one: status, required, url, expiresAt',
    },
    url: { type: 'string', description: 'The page of the execution, for people' },
  },
  required: ['executionId', 'status', 'url'],
} satisfies OfferedSchema;

/** The schema of every result of a tool: its output, or the execution. Undefined where the tool has none. */
export function resultSchema(output: Record<string, unknown> | undefined): OfferedSchema | undefined {
  if (output === undefined) return undefined;
  const offered = offeredOutput(output);
  if (offered) return { type: 'object', anyOf: [offered, shownExecution] };
  return { ...shownExecution, properties: { ...shownExecution.properties, output: offeredPart(output) } };
}

/**
 * An execution as the result of a call. One that waits for people or still runs is no error: the result says how to read it
 * later.
 * @param offered the schema that clients check the result with; null: that of `shownExecution`
 * @param url of the execution's page
 */
export async function resultOf(
  execution: Execution,
  offered: OfferedSchema | undefined | null,
  url: string,
): Promise<CallToolResult> {
  const { id, status, failure, issues, approval } = execution;
  const about = {
    executionId: id,
    status,
    ...(failure && { failure }),
    ...(issues && { issues }),
    ...(approval && { approval: pickApproval(approval) }),
    url,
  };
  const _meta = { 'interlock/executionId': id, 'interlock/status': status };
  if (status !== 'succeeded') {
    const text = words(execution, url);
    return {
      content: [{ type: 'text', text }],
      structuredContent: about,
      isError: status === 'failed',
      _meta,
    };
  }
  const output = jsonValue(execution.output as Json | null);
  const structuredContent = offered !== null && (await fits(output, offered)) ? output : { ...about, output };
  const text = typeof output === 'string' ? output : writeJson(output);
  return { content: [{ type: 'text', text }], structuredContent, _meta };
}

/** Redaction may have replaced a part of an output, so that it does not fit any more. */
async function fits(output: JsonValue | null, offered: OfferedSchema | undefined): Promise<boolean> {
  if (!isObject(output)) return false;
  if (offered === undefined) return true;
  return (await validateAgainst({ ...offered, $schema: dialect }, output)).length === 0;
}

const pickApproval = ({ status, required, url, expiresAt, reason }: NonNullable<Execution['approval']>) => ({
  status,
  required,
  url,
  expiresAt,
  reason,
});

function words({ id, status, failure, issues = [], approval }: Execution, url: string): string {
  const later = `Call ${getExecutionName} with executionId ${id} for its result.`;
  if (approval?.status === 'waiting')
    return `This call needs an approval, and nothing was sent. ${approval.reason} People decide it here: ${approval.url} ${later}`;
  if (status !== 'failed') return `The call has not ended yet. ${later} Do not call the tool again. ${url}`;
  const { code = 'internal', message = 'The call failed.', retryable = false } = failure ?? {};
  return [
    `${message} (${code})`,
    ...issues.map(({ path, message }) => `${path || '/'} ${message}`),
    ...(retryable ? ['It is safe to call it again.'] : []),
    url,
  ].join('\n');
}

/** A call that was refused: nothing ran. The model reads it and may correct itself. */
export function refusalOf({ code, message, issues }: InterlockError): CallToolResult {
  const lines = [
    `${message} (${code})`,
    ...(issues ?? []).map((issue) => `${issue.path || '/'} ${issue.message}`),
  ];
  return {
    content: [{ type: 'text', text: lines.join('\n') }],
    isError: true,
    _meta: { 'interlock/error': { code, message, ...(issues && { issues }) } },
  };
}
