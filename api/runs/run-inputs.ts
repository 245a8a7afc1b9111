import { z } from 'zod';
import { storableText } from '../../shared/platform/storable-text.ts';
import { byId } from '../common-inputs.ts';

/** A run's id, and the id of a step in its document. */
export const stepAddress = byId.extend({ stepId: z.string() });

export const stepOf = ({ id, stepId }: z.output<typeof stepAddress>) => ({ runId: id, stepId });

/** Why a run is paused or cancelled. */
export const reasonSchema = storableText.trim().min(1).max(4096);
