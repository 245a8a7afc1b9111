import { retrySafety } from '../../tools/providers/registry.ts';
import type { ShownCall } from '../preview-schemas.ts';
import { undoableOf } from '../undoable.ts';
import { type PreparedCall, redactorOf } from './prepared-call.ts';
import { shownRequest } from './shown-request.ts';

/** A call as it would be sent, with every secret replaced. */
export function shownCall(call: PreparedCall): ShownCall {
  const { tool, credential } = call;
  const { definition } = tool;
  const { body, bodyType, ...request } = shownRequest(call, redactorOf(call));
  return {
    toolId: tool.toolId,
    toolVersion: tool.version,
    request: { ...request, ...(body === undefined ? {} : { body, bodyType }) },
    credential: credential && {
      id: credential.credentialId,
      name: credential.name,
      type: definition.auth.type,
    },
    timeoutMs: definition.timeoutMs,
    deadlineMs: definition.deadlineMs,
    maxAttempts: definition.retry.maxAttempts,
    repeatPolicy: retrySafety(definition).words,
    undo: undoableOf(definition),
  };
}
