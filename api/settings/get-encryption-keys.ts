import { readVaultKeys } from '../../shared/platform/server/vault-keys.ts';
import { encryptionKeysSchema } from '../../shared/platform/vault-key-schemas.ts';
import { procedure } from '../trpc.ts';

export const getEncryptionKeys = procedure('vault.read', {
  method: 'GET',
  path: '/api/encryption-keys',
  summary:
    'List the keys of the vault, with how many secrets each has sealed and how many are left to seal again',
  tags: ['settings'],
})
  .output(encryptionKeysSchema)
  .query(async ({ ctx }) => {
    const items = await readVaultKeys(ctx.services);
    const total = items.reduce((sum, { secrets }) => sum + secrets, 0);
    const done = items.find(({ seals }) => seals)?.secrets ?? 0;
    const { held } = await ctx.services.vault.keys();
    const unwrapped = held
      ? { since: held.since.toISOString(), until: held.until.toISOString(), problem: held.problem }
      : null;
    return { items, unwrapped, total, done, left: total - done };
  });
