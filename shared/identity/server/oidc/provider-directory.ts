import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { OidcSettings } from './oidc-settings.ts';

const timeoutMs = 10_000;
/** After a failure the provider is not asked again for this time. */
const restMs = 3_000;
/** A provider changes its configuration rarely. */
const validMs = 10 * 60_000;

const configurationSchema = z.looseObject({
  issuer: z.string(),
  userinfo_endpoint: z.url(),
  jwks_uri: z.url(),
});
export type ProviderConfiguration = z.output<typeof configurationSchema>;

/** The provider cannot be reached, or was not a moment ago. */
export class ProviderAway extends Error {}

/** What a provider says about itself. However many ask, it gets one request at a time, and rests after a failure. */
export interface ProviderDirectory {
  url: string;
  /**
   * @param fresh not what it said some minutes ago: it has to respond now
   * @throws ProviderAway
   */
  read(options?: { fresh: true }): Promise<ProviderConfiguration>;
  /** The keys that it signs with. @throws ProviderAway */
  keys(): Promise<JWTVerifyGetKey>;
}

/** Single sign-on as it runs. */
export interface OidcClient extends OidcSettings {
  directory: ProviderDirectory;
}

export function createProviderDirectory(issuer: string, now: () => number = Date.now): ProviderDirectory {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  let known: { configuration: ProviderConfiguration; since: number } | null = null;
  let failed: { error: ProviderAway; since: number } | null = null;
  let asking: Promise<ProviderConfiguration> | null = null;
  let keySet: { uri: string; keys: JWTVerifyGetKey } | null = null;

  async function ask(): Promise<ProviderConfiguration> {
    try {
      const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
      if (!response.ok) throw new Error(`It responded with HTTP ${response.status}`);
      const configuration = configurationSchema.parse(await response.json());
      known = { configuration, since: now() };
      failed = null;
      return configuration;
    } catch (cause) {
      const error = new ProviderAway('The sign-in provider cannot be reached', { cause });
      failed = { error, since: now() };
      throw error;
    }
  }

  async function read({ fresh = false } = {}): Promise<ProviderConfiguration> {
    if (!fresh && known && now() - known.since < validMs) return known.configuration;
    if (!asking && failed && now() - failed.since < restMs) throw failed.error;
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  return {
    url,
    read,
    async keys() {
      const { jwks_uri: uri } = await read();
      // It asks for keys that it does not know at most every 30 seconds.
      if (keySet?.uri !== uri)
        keySet = { uri, keys: createRemoteJWKSet(new URL(uri), { timeoutDuration: timeoutMs }) };
      return keySet.keys;
    },
  };
}
