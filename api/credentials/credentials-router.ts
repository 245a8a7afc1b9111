import { router } from '../trpc.ts';
import { archiveCredential } from './archive-credential.ts';
import { createCredential } from './create-credential.ts';
import { getCredential } from './get-credential.ts';
import { listCredentialAccesses } from './list-credential-accesses.ts';
import { listCredentialUses } from './list-credential-uses.ts';
import { listCredentialVersions } from './list-credential-versions.ts';
import { listCredentials } from './list-credentials.ts';
import { rotateCredential } from './rotate-credential.ts';
import { testCredential } from './test-credential.ts';
import { updateCredential } from './update-credential.ts';

export const credentialsRouter = router({
  list: listCredentials,
  create: createCredential,
  get: getCredential,
  update: updateCredential,
  archive: archiveCredential,
  test: testCredential,
  rotate: rotateCredential,
  uses: listCredentialUses,
  accesses: listCredentialAccesses,
  versions: listCredentialVersions,
});
