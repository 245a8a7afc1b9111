import { router } from '../trpc.ts';
import { getEgressSettings } from './get-egress-settings.ts';
import { getEncryptionKeys } from './get-encryption-keys.ts';
import { putEgressSettings } from './put-egress-settings.ts';

export const settingsRouter = router({
  encryptionKeys: getEncryptionKeys,
  getEgress: getEgressSettings,
  putEgress: putEgressSettings,
});
