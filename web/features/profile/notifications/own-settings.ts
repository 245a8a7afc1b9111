import type { Outputs } from '../../../api/trpc.ts';

export type OwnSettings = Outputs['notifications']['settings'];
