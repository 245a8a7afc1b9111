import type { Outputs } from '../../../api/trpc.ts';

export type Channel = Outputs['notifications']['channels']['items'][number];
