import { router } from '../trpc.ts';
import { findMembers } from './find-members.ts';
import { getMember } from './get-member.ts';
import { listMembers } from './list-members.ts';
import { removeMember } from './remove-member.ts';
import { setMemberRoles } from './set-member-roles.ts';

export const membersRouter = router({
  list: listMembers,
  find: findMembers,
  get: getMember,
  setRoles: setMemberRoles,
  remove: removeMember,
});
