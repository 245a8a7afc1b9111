import type { Outputs } from '../../../api/trpc.ts';

export type ApiKey = Outputs['apiKeys']['list']['items'][number];
/** With its value. */
export type NewApiKey = Outputs['apiKeys']['create'];
