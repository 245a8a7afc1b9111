import { router } from '../trpc.ts';
import { createOrganization } from './create-organization.ts';
import { inviteAdmin } from './invite-admin.ts';
import { renameOrganization } from './rename-organization.ts';

export const organizationsRouter = router({
  create: createOrganization,
  inviteAdmin: inviteAdmin,
  rename: renameOrganization,
});
