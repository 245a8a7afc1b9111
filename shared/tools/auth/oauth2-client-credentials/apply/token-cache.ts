import { LRUCache } from 'lru-cache';
import { untilAborted } from '../../../../platform/server/until-aborted.ts';

export interface AccessToken {
  token: string;
  /** Epoch milliseconds from which it must no longer be used. */
  expiresAt: number;
}

/** Tokens by key. Callers who ask at the same time share one fetch. */
export interface TokenCache {
  /** The cached token, the one being fetched, or a new one. The caller's signal ends only its own wait. */
  get(key: string, fetchToken: () => Promise<AccessToken>, signal: AbortSignal): Promise<string>;
  /** Forgets this token; a newer one stays. */
  forget(key: string, token: string): void;
}

export function createTokenCache({ now = Date.now, max = 5000 } = {}): TokenCache {
  const kept = new LRUCache<string, AccessToken>({ max });
  const fetching = new Map<string, Promise<AccessToken>>();

  const fetchOnce = (key: string, fetchToken: () => Promise<AccessToken>): Promise<AccessToken> => {
    const running = fetching.get(key);
    if (running) return running;
    const started = fetchToken()
      .then((token) => {
        kept.set(key, token);
        return token;
      })
      .finally(() => fetching.delete(key));
    fetching.set(key, started);
    return started;
  };

  return {
    async get(key, fetchToken, signal) {
      const known = kept.get(key);
      if (known && known.expiresAt > now()) return known.token;
      return (await untilAborted(fetchOnce(key, fetchToken), signal)).token;
    },
    forget(key, token) {
      if (kept.get(key)?.token === token) kept.delete(key);
    },
  };
}
