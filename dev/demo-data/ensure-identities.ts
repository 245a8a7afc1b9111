import type pg from 'pg';
import { createAuth } from '../../shared/identity/server/auth.ts';
import { seedIdentity } from '../../shared/identity/server/seed-identity.ts';
import type { DemoState } from './demo-state.ts';
import { acme, adminKeyName, demoIdentities, globex, platformKeyName } from './people.ts';
import { RestClient, RestError } from './rest-client.ts';

/**
 * Adds tenants, people and keys that are missing. Keys are stored, because they can be read only once. When the
 * server does not know them (another database), it creates new ones, and the demo is loaded from the start.
 */
export async function ensureIdentities(
  state: DemoState,
  options: { apiUrl: string; pool: pg.Pool; authSecret: string; publicUrl: string },
): Promise<DemoState> {
  const held = [state.apiKeys[acme], state.apiKeys[globex], state.platformKey];
  const known = (await Promise.all(held.map((key) => isKnown(options.apiUrl, key)))).every(Boolean);
  const auth = createAuth({ pool: options.pool, secret: options.authSecret, publicUrl: options.publicUrl });
  const { apiKeys } = await seedIdentity(
    auth,
    { ...demoIdentities, apiKeys: known ? [] : demoIdentities.apiKeys },
    { replaceKeys: true },
  );
  if (known) return state;
  const admin = apiKeys.filter(({ name }) => name === adminKeyName).map(({ tenant, key }) => [tenant, key]);
  return {
    registered: false,
    complete: false,
    casesComplete: false,
    casesSince: null,
    casesBegun: [],
    urls: null,
    apiKeys: Object.fromEntries(admin),
    platformKey: apiKeys.find(({ name }) => name === platformKeyName)?.key ?? null,
  };
}

async function isKnown(apiUrl: string, key: string | null | undefined): Promise<boolean> {
  if (!key) return false;
  try {
    await new RestClient(apiUrl, { key }).call('GET', '/api/tools?limit=1');
    return true;
  } catch (error) {
    if (error instanceof RestError && error.status === 401) return false;
    throw error;
  }
}
