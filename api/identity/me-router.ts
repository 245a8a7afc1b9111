import { router } from '../trpc.ts';
import { getMe } from './get-me.ts';
import { listSessions } from './list-sessions.ts';
import { revokeOtherSessions } from './revoke-other-sessions.ts';
import { revokeSession } from './revoke-session.ts';
import { updateProfile } from './update-profile.ts';

export const meRouter = router({
  get: getMe,
  update: updateProfile,
  sessions: listSessions,
  revokeSession: revokeSession,
  revokeOtherSessions: revokeOtherSessions,
});
