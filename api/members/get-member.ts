import { personOf } from '../../shared/identity/roles.ts';
import { memberState } from '../../shared/people/member-state.ts';
import { memberDetailSchema } from '../../shared/people/people-schemas.ts';
import { readMember } from '../../shared/people/server/members.ts';
import { byId } from '../common-inputs.ts';
import { procedure } from '../trpc.ts';

export const getMember = procedure('members.write', {
  method: 'GET',
  path: '/api/members/{id}',
  summary: 'Get a member, and what ends with their membership',
  tags: ['members'],
  state: memberState,
})
  .input(byId)
  .output(memberDetailSchema)
  .query(async ({ ctx, input: { id } }) => {
    const member = await readMember(ctx, id);
    const steps = await ctx.services.runs.heldSteps(ctx, { actorId: id, person: personOf(member.email) });
    return { ...member, holds: { ...member.holds, ...steps } };
  });
