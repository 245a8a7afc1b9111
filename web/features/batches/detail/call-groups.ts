import type { BatchCallStatus } from '../../../../shared/batches/batch-schemas.ts';
import type { BatchCall } from '../parts/batch-words.ts';

/** Calls that are drawn as one: of one tool, after the same others. */
export interface CallGroup {
  id: string;
  calls: BatchCall[];
  /** The ids of the groups that they wait for. */
  needs: string[];
}

/**
 * The calls of a batch as groups, each after all that it waits for.
 * @param most more calls than this are grouped; fewer stand alone
 */
export function callGroups(calls: readonly BatchCall[], most: number): CallGroup[] {
  if (calls.length <= most) return calls.map((call) => ({ id: call.id, calls: [call], needs: call.needs }));
  const groupOf = new Map<string, string>();
  const groups = new Map<string, CallGroup>();
  let left = [...calls];
  while (left.length > 0) {
    const ready = left.filter(({ needs }) => needs.every((id) => groupOf.has(id)));
    // It has no circle, or it would not have been accepted.
    if (ready.length === 0) break;
    const named = ready.map((call) => {
      const needs = [...new Set(call.needs.map((id) => groupOf.get(id)!))].sort();
      return {
        call,
        needs,
        id: JSON.stringify([call.toolName, ...needs.map((id) => groups.get(id)!.calls[0]!.id)]),
      };
    });
    for (const { call, needs, id } of named) {
      const group = groups.get(id) ?? { id, calls: [], needs };
      groups.set(id, group);
      group.calls.push(call);
      groupOf.set(call.id, id);
    }
    left = left.filter(({ id }) => !groupOf.has(id));
  }
  return [...groups.values()];
}

/** How many calls of a group are in each state, the most frequent first. */
export function statesOf({ calls }: CallGroup): { status: BatchCallStatus; count: number }[] {
  const counts = new Map<BatchCallStatus, number>();
  for (const { status } of calls) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count);
}
