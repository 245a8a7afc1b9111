import { router } from '../trpc.ts';
import { archivePolicy } from './archive-policy.ts';
import { checkPolicy } from './check-policy.ts';
import { createPolicy } from './create-policy.ts';
import { getPolicy } from './get-policy.ts';
import { listPolicies } from './list-policies.ts';
import { listPolicyVersions } from './list-policy-versions.ts';
import { replayPolicy } from './replay-policy.ts';
import { restorePolicyVersion } from './restore-policy-version.ts';
import { simulatePolicies } from './simulate-policies.ts';
import { unarchivePolicy } from './unarchive-policy.ts';
import { updatePolicy } from './update-policy.ts';

export const policiesRouter = router({
  list: listPolicies,
  get: getPolicy,
  create: createPolicy,
  update: updatePolicy,
  archive: archivePolicy,
  unarchive: unarchivePolicy,
  check: checkPolicy,
  simulate: simulatePolicies,
  replay: replayPolicy,
  versions: listPolicyVersions,
  restore: restorePolicyVersion,
});
