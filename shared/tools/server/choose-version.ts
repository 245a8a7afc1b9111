import { hash } from 'node:crypto';
import type { ToolTrial } from '../tool-trial.ts';

/**
 * Whether a call with this key gets the candidate. The same key gets the same in every process, and a greater percent
 * takes none of them back.
 */
export function getsCandidate({ id, percent }: Pick<ToolTrial, 'id' | 'percent'>, key: string): boolean {
  const part = Number.parseInt(hash('sha256', `${id}\n${key}`).slice(0, 8), 16) / 2 ** 32;
  return part * 100 < percent;
}
