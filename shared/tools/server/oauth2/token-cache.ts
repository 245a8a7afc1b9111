import { LRUCache } from 'lru-cache';
import { untilAborted } from '../../../platform/server/until-aborted.ts';

export interface AccessToken {
  token: string;
  /** Epoch milliseconds from which it must no longer be used. */
  expiresAt: number;
}

/** Tokens by key, in this process. Callers who ask at the same time share one fetch. */
export interface TokenCache<T extends AccessToken = AccessToken> {
  /**
   * The cached token, the one being fetched, or a new one. The caller's signal ends only its own wait.
   * @param fetchToken gets the token that was refused since the last fetch
   */
  get(key: string, fetchToken: (refused: T | null) => Promise<T>, signal: AbortSignal): Promise<string>;
  /** The provider refused this token: forgets it; a newer one stays. */
  forget(key: string, token: string): void;
}

export function createTokenCache<T extends AccessToken = AccessToken>({
  now = Date.now,
  max = 5000,
} = {}): TokenCache<T> {
  const kept = new LRUCache<string, T>({ max });
  const refused = new LRUCache<string, T>({ max });
  const fetching = new Map<string, Promise<T>>();

  const fetchOnce = (key: string, fetchToken: (refused: T | null) => Promise<T>): Promise<T> => {
    const running = fetching.get(key);
    if (running) return running;
    const started = fetchToken(refused.get(key) ?? null)
      .then((token) => {
        kept.set(key, token);
        refused.delete(key);
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
      const known = kept.get(key);
      if (known?.token !== token) return;
      kept.delete(key);
      refused.set(key, known);
    },
  };
}
