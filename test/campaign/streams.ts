import { type SubscribedEvent, subscribeEvents } from '../../shared/client/subscribe-events.ts';
import { anyRandom } from './random.ts';

/** A program that follows the events of a tenant through everything that happens. */
export interface StreamReader {
  tenant: string;
  /** As they were delivered. */
  events: SubscribedEvent[];
  /** Rejects when the stream ended for good. */
  ended: Promise<void>;
  close(): void;
}

/** Every connection goes to whichever API process a load balancer would choose. Resolves when it listens. */
export async function followTenant(
  urls: readonly string[],
  tenant: string,
  apiKey: string,
): Promise<StreamReader> {
  const subscription = subscribeEvents({
    url: 'http://api',
    apiKey,
    json: JSON,
    fetch: (url, init) => fetch(String(url).replace('http://api', anyRandom.oneOf(urls)), init),
  });
  const events: SubscribedEvent[] = [];
  const ended = (async () => {
    for await (const event of subscription) events.push(event);
  })();
  ended.catch(() => {});
  await subscription.ready;
  return { tenant, events, ended, close: () => subscription.close() };
}
