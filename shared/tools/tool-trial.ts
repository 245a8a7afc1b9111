import { isScalar, type JsonValue } from '../platform/json.ts';
import { pointerSteps } from '../platform/json-pointer.ts';
import { writeJson } from '../platform/json-text.ts';

/** How two versions share the calls of a tool. */
export interface ToolTrial {
  id: string;
  /** The current version while it runs. */
  baseline: number;
  candidate: number;
  /** Of the calls that get the candidate. */
  percent: number;
  /** A JSON Pointer into the input: the same value gets the same version. */
  stickyBy: string | null;
}

/** The value that the version of a call sticks to; null when the input has no text, number or boolean there. */
export function stickyKey({ stickyBy }: Pick<ToolTrial, 'stickyBy'>, input: JsonValue): string | null {
  if (stickyBy === null) return null;
  let value: JsonValue | undefined = input;
  for (const step of pointerSteps(stickyBy)) {
    if (value === undefined || isScalar(value)) return null;
    value = Object.hasOwn(value, step) ? (value as Record<string, JsonValue>)[step] : undefined;
  }
  return value === undefined || value === null || !isScalar(value) ? null : writeJson(value);
}
