import { z } from 'zod';
import type { Identity } from '../../shared/identity/roles.ts';
import { byId } from '../common-inputs.ts';

/** A run's id, and the id of a step in its document. */
export const stepAddress = byId.extend({ stepId: z.string() });

export const stepOf = (ctx: { identity: Identity }, { id, stepId }: z.output<typeof stepAddress>) => ({
  identity: ctx.identity,
  runId: id,
  stepId,
});

/** Why a run is paused or cancelled. */
export const reasonSchema = z.string().trim().min(1).max(4096);
