import { router } from '../trpc.ts';
import { createOrganization } from './create-organization.ts';
import { inviteAdmin } from './invite-admin.ts';

export const organizationsRouter = router({
  create: createOrganization,
  inviteAdmin: inviteAdmin,
});
