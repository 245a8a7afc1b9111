import { router } from '../trpc.ts';
import { getEgressSettings } from './get-egress-settings.ts';
import { putEgressSettings } from './put-egress-settings.ts';

export const settingsRouter = router({
  getEgress: getEgressSettings,
  putEgress: putEgressSettings,
});
