import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase } from '../../shared/platform/db/database.ts';
import { createLocalKeyRing, type LocalKeys } from '../../shared/platform/server/key-ring.ts';
import { createVault } from '../../shared/platform/server/vault.ts';
import { rewrapSecrets } from '../../shared/platform/server/vault-keys.ts';
import { sealedCredentials } from '../../shared/tools/server/credential-store.ts';

/** A process that seals again what its other keys have sealed, one secret after the other, slowly enough to be killed. */
const { databaseUrl, keys } = JSON.parse(process.env.REWRAP!) as { databaseUrl: string; keys: LocalKeys };
const vault = createVault(createLocalKeyRing(keys));
const db = openDatabase(databaseUrl);
await rewrapSecrets({
  db,
  sealedStores: [sealedCredentials],
  vault: {
    ...vault,
    rewrap: async (...args) => {
      await sleep(20);
      return vault.rewrap(...args);
    },
  },
});
await db.close();
