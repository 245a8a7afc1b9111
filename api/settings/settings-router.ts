import { router } from '../trpc.ts';
import { checkEgress } from './check-egress.ts';
import { getEgressReach } from './get-egress-reach.ts';
import { getEgressSettings } from './get-egress-settings.ts';
import { getEncryptionKeys } from './get-encryption-keys.ts';
import { getRedactionSettings } from './get-redaction-settings.ts';
import { getRetentionDue } from './get-retention-due.ts';
import { getRetentionSettings } from './get-retention-settings.ts';
import { putEgressSettings } from './put-egress-settings.ts';
import { putRedactionSettings } from './put-redaction-settings.ts';
import { putRetentionSettings } from './put-retention-settings.ts';
import { tryRedaction } from './try-redaction.ts';

export const settingsRouter = router({
  encryptionKeys: getEncryptionKeys,
  getEgress: getEgressSettings,
  putEgress: putEgressSettings,
  checkEgress,
  getEgressReach,
  getRedaction: getRedactionSettings,
  putRedaction: putRedactionSettings,
  tryRedaction,
  getRetention: getRetentionSettings,
  putRetention: putRetentionSettings,
  getRetentionDue,
});
