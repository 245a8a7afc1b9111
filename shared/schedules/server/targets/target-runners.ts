import { InterlockError } from '../../../platform/error-codes.ts';
import type { TargetInput, TargetKind } from '../../schedule-schemas.ts';
import { batch } from './batch.ts';
import { playbook } from './playbook.ts';
import type { TargetRunner } from './target-runner.ts';
import { tool } from './tool.ts';

export const targetRunners: Record<TargetKind, TargetRunner> = { tool, playbook, batch };

const fieldsOf: Record<TargetKind, readonly (keyof TargetInput)[]> = {
  tool: ['tool', 'toolId', 'payload', 'exceptionId'],
  playbook: ['playbook', 'input', 'exceptionId'],
  batch: ['batch'],
};

/** @throws InterlockError `invalid_input` when it is not exactly one kind of target */
export function kindOf(target: TargetInput): TargetKind {
  const kinds: TargetKind[] = [
    ...(target.tool === undefined && target.toolId === undefined ? [] : (['tool'] as const)),
    ...(target.playbook === undefined ? [] : (['playbook'] as const)),
    ...(target.batch === undefined ? [] : (['batch'] as const)),
  ];
  const [kind] = kinds;
  const wrong = (path: string, message: string) =>
    new InterlockError('invalid_input', 'The schedule is not valid. Nothing was changed.', {
      issues: [{ path: `/target${path}`, message, keyword: 'oneOf' }],
    });
  if (kind === undefined || kinds.length > 1)
    throw wrong('', 'needs exactly one of tool, playbook and batch');
  if (target.tool !== undefined && target.toolId !== undefined)
    throw wrong('/tool', 'is said twice: leave out tool or toolId');
  const other = (Object.keys(target) as (keyof TargetInput)[]).find(
    (field) => target[field] !== undefined && !fieldsOf[kind].includes(field),
  );
  if (other !== undefined) throw wrong(`/${other}`, `is not for a ${kind}`);
  return kind;
}
