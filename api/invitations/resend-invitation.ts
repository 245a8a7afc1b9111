import { mailLanguage, newInvitationSchema } from '../../shared/people/people-schemas.ts';
import { resendInvitation as resend } from '../../shared/people/server/invitations.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const resendInvitation = procedure('members.write', {
  method: 'POST',
  path: '/api/invitations/{id}/resend',
  summary: 'Make a new link for an invitation; the one before stops working',
  tags: ['members'],
})
  .input(byId.extend({ language: mailLanguage }))
  .output(newInvitationSchema)
  .mutation(({ ctx, input }) => resend(ctx, input.id, input.language));
