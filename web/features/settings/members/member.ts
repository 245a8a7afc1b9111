import type { Outputs } from '../../../api/trpc.ts';

export type Member = Outputs['members']['list']['items'][number];
export type NewInvitation = Outputs['invitations']['create'];
