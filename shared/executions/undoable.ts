import { durationWords } from '../platform/duration.ts';
import { readsOnly } from '../tools/providers/registry.ts';
import type { ToolDefinition } from '../tools/tool-definition.ts';
import type { Undoable } from './preview-schemas.ts';

/** Whether what a call of this tool does can be undone: it is said before the call. */
export function undoableOf(definition: ToolDefinition): Undoable {
  const { undo } = definition;
  if (!undo) {
    const words = readsOnly(definition)
      ? 'It only reads, so there is nothing to undo.'
      : 'It cannot be undone.';
    return { tool: null, words };
  }
  const { tool, withinMs, cannot } = undo;
  const within = withinMs === undefined ? '' : ` within ${durationWords(withinMs)}`;
  return {
    tool,
    ...(withinMs !== undefined && { withinMs }),
    ...(cannot !== undefined && { cannot }),
    words: `It can be undone by ${tool}${within}.${cannot === undefined ? '' : ` What stays: ${cannot}`}`,
  };
}
