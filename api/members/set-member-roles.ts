import { memberSchema } from '../../shared/identity/identity-schemas.ts';
import { personOf } from '../../shared/identity/roles.ts';
import { memberState } from '../../shared/people/member-state.ts';
import { givenRoles } from '../../shared/people/people-schemas.ts';
import { setMemberRoles as set } from '../../shared/people/server/members.ts';
import { byId, ifMatch } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const setMemberRoles = procedure('members.write', {
  method: 'PUT',
  path: '/api/members/{id}',
  summary: 'Give a member these roles and no others',
  tags: ['members'],
  headers: { 'if-match': 'ifMatch' },
  state: memberState,
})
  .input(byId.extend({ roles: givenRoles, ifMatch }))
  .output(memberSchema)
  .mutation(async ({ ctx, input: { id, roles, ifMatch } }) => {
    const member = await set(ctx, { userId: id, roles }, ifMatch);
    await ctx.services.runs.releaseClaims(ctx, {
      actorIds: [id],
      still: { roles, person: personOf(member.email) },
      reason: `the roles of ${member.name} have changed`,
    });
    return member;
  });
