import type { CallToolResult, ServerContext, Tool } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { can, type Permission } from '../../shared/identity/roles.ts';
import { toInterlockError } from '../error-shape.ts';
import { refusalOf, resultOf, shownExecution } from './call-result.ts';
import { pageOf } from './call-tool.ts';
import type { McpRequest } from './mcp-request.ts';
import { cancelExecutionName, getExecutionName } from './own-names.ts';
import { longestWaitMs, reportProgress, waitForEnd } from './wait-for-end.ts';

interface OwnTool {
  permission: Permission;
  offered: Tool;
  call(request: McpRequest, sent: unknown, server: ServerContext): Promise<CallToolResult>;
}

const executionId = { type: 'string', description: 'As the result of a call named it' };
const getInput = z.strictObject({
  executionId: z.string().max(128),
  waitSeconds: z
    .number()
    .min(0)
    .max(longestWaitMs / 1000)
    .default(0),
});
const cancelInput = getInput.pick({ executionId: true });

const ownTools: OwnTool[] = [
  {
    permission: 'executions.read',
    offered: {
      name: getExecutionName,
      title: 'Get the result of a call',
      description:
        'Returns the status and the result of an execution: of a call that waits for an approval, or that had not ended when its result was sent.',
      inputSchema: {
        type: 'object',
        properties: {
          executionId,
          waitSeconds: {
            type: 'number',
            minimum: 0,
            maximum: longestWaitMs / 1000,
            description: 'Wait so long for a call that still runs',
          },
        },
        required: ['executionId'],
      },
      outputSchema: shownExecution,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    async call({ context, procedures, stopping }, sent, server) {
      const { executionId, waitSeconds } = getInput.parse(sent);
      const ended = new AbortController();
      const over = AbortSignal.any([ended.signal, server.mcpReq.signal]);
      try {
        const first = await procedures.executions.get({ id: executionId });
        reportProgress(server, procedures, async () => executionId, over).catch(() => {});
        const until = performance.now() + waitSeconds * 1000;
        const execution = await waitForEnd(procedures, first, until, AbortSignal.any([over, stopping]));
        return await resultOf(execution, null, pageOf(context, execution.id));
      } finally {
        ended.abort();
      }
    },
  },
  {
    permission: 'executions.control',
    offered: {
      name: cancelExecutionName,
      title: 'Cancel a call',
      description:
        'Cancels an execution that has not ended. A call that is already under way may still take effect; the result says so.',
      inputSchema: { type: 'object', properties: { executionId }, required: ['executionId'] },
      outputSchema: shownExecution,
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    },
    async call({ context, procedures }, sent) {
      const execution = await procedures.executions.cancel({ id: cancelInput.parse(sent).executionId });
      return resultOf(execution, null, pageOf(context, execution.id));
    },
  },
];

/** Those that the caller may use. */
export const offeredOwnTools = ({ context: { identity } }: McpRequest): Tool[] =>
  ownTools.filter(({ permission }) => can(identity, permission)).map(({ offered }) => offered);

export const isOwnTool = (name: string): boolean => ownTools.some(({ offered }) => offered.name === name);

export async function callOwnTool(
  request: McpRequest,
  name: string,
  sent: unknown,
  server: ServerContext,
): Promise<CallToolResult> {
  const tool = ownTools.find(({ offered }) => offered.name === name)!;
  try {
    return await tool.call(request, sent, server);
  } catch (error) {
    return refusalOf(toInterlockError(error));
  }
}
