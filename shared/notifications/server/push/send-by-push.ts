import { tell } from '../../../events/server/tell.ts';
import { retryAfterMs } from '../../../platform/http/retry-after.ts';
import { EgressError } from '../../../platform/server/egress/egress-error.ts';
import {
  readSubscriptionNow,
  removeSubscriptionNow,
  type SubscriptionNow,
} from '../../db/push-subscriptions.ts';
import type { Message, Sent } from '../message.ts';
import type { NotificationServices } from '../notification-services.ts';
import { notifier } from '../notifier.ts';
import { organizationOf } from '../organization.ts';
import { encryptPush, mostPushBytes } from './encrypt-push.ts';
import { vapidHeader } from './push-keys.ts';
import { endpointProblem, pushEgress } from './push-services.ts';
import { openEndpoint } from './stored-subscription.ts';

const timeoutMs = 10_000;
/** How long a push service keeps it for a browser that is not running. The page has it for longer. */
const keptSeconds = 86_400;
const mostTitle = 500;

/** What the service worker of the pages shows: a title and a link, which is also all that leaves. */
interface PushPayload {
  /** What comes later with the same tag takes its place. */
  tag: string;
  title: string;
  body: string;
  critical: boolean;
  /** More than 1: it is about so many. */
  count: number;
  /** Of the organization. */
  tenant: string;
  link: string;
}

const failed = (error: string): Sent => ({ sent: false, error, retry: false });

/** One push message with the lines of a message, to one browser. It is encrypted for the browser (RFC 8291). */
export async function sendByPush(
  services: NotificationServices,
  subscriptionId: string,
  message: Message,
): Promise<Sent> {
  const { db, vault, environment, egress, pushKeys, log } = services;
  const { tenantId, tag } = message;
  const subscription = await db.system((connection) =>
    readSubscriptionNow(connection, tenantId, subscriptionId),
  );
  if (!subscription) return failed('The browser is no longer subscribed.');
  if (!(await isSignedIn(services, subscription)))
    return remove(services, tenantId, subscription, 'The person is no longer signed in there.');
  const organization = await organizationOf(services, tenantId);
  if (!organization) return failed('The organization is gone.');
  try {
    const { endpoint, keys } = await openEndpoint(
      vault,
      { tenantId, id: subscription.id },
      subscription.sealed,
    );
    const key = await pushKeys.find(subscription.publicKey);
    // The settings may have changed since it subscribed.
    const problem = endpointProblem(endpoint, environment);
    if (!key || problem !== null)
      return failed(`Nothing was sent: the address of the browser ${problem ?? 'has a key that is gone'}.`);
    const body = encryptPush(payloadOf(message, organization), {
      p256dh: Buffer.from(keys.p256dh, 'base64url'),
      auth: Buffer.from(keys.auth, 'base64url'),
    });
    const response = await egress.request({
      method: 'POST',
      tenantId,
      ...pushEgress(environment),
      caller: null,
      url: endpoint,
      headers: {
        authorization: vapidHeader(key, {
          endpoint: new URL(endpoint),
          contact: environment.publicUrl,
          now: new Date(),
        }),
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(keptSeconds),
        urgency: message.critical ? 'high' : 'normal',
        topic: Buffer.from(tag.replaceAll('-', ''), 'hex').toString('base64url'),
      },
      body,
      signal: AbortSignal.timeout(timeoutMs),
      maxResponseBytes: 65_536,
    });
    if (response.status === 404 || response.status === 410)
      return await remove(services, tenantId, subscription, 'The browser is no longer subscribed.');
    return resultOf(subscription, response.status, response.headers['retry-after']);
  } catch (error) {
    if (error instanceof EgressError) {
      if (error.status !== undefined) return resultOf(subscription, error.status);
      const late =
        error.kind === 'aborted' && `No response from ${subscription.service} in ${timeoutMs / 1000} s`;
      return { sent: false, error: `${late || error.message}.`, retry: error.kind !== 'refused' };
    }
    log.error({ err: error, subscriptionId }, 'a notification could not be sent to a browser');
    return { sent: false, error: 'It could not be sent.', retry: true };
  }
}

function resultOf(
  { service }: SubscriptionNow,
  status: number,
  retryAfter?: string | string[] | undefined,
): Sent {
  if (status >= 200 && status < 300) return { sent: true };
  const afterMs = Math.min(retryAfterMs(retryAfter) ?? 0, keptSeconds * 1000);
  const retry = status === 408 || status === 429 || status >= 500;
  return { sent: false, error: `${service} responded with ${status}.`, retry, afterMs };
}

function payloadOf(
  { tag, lines, count, critical, speaker: { say } }: Message,
  { slug, name }: { slug: string; name: string },
): Buffer {
  const [first] = lines;
  const title = count === 1 ? first!.text : say`${count} notifications`;
  const payload = (most: number): PushPayload => ({
    tag,
    title: (critical ? say`Critical: ${title}` : title).slice(0, most).toWellFormed(),
    body: name.slice(0, 100).toWellFormed(),
    critical,
    count,
    tenant: slug,
    link: `/t/${slug}${count === 1 ? first!.link : '/notifications'}`,
  });
  const whole = Buffer.from(JSON.stringify(payload(mostTitle)));
  return whole.length <= mostPushBytes ? whole : Buffer.from(JSON.stringify(payload(100)));
}

/** A session that has expired is as one that has ended. */
async function isSignedIn({ db }: NotificationServices, { sessionId }: SubscriptionNow): Promise<boolean> {
  const { rowCount } = await db.authPool.query(
    'SELECT FROM auth.session WHERE id = $1 AND "expiresAt" > now()',
    [sessionId],
  );
  return rowCount !== 0;
}

/** With it goes what waits for it. */
async function remove(
  { db }: NotificationServices,
  tenantId: string,
  subscription: SubscriptionNow,
  reason: string,
): Promise<Sent> {
  await db.systemTransaction(async (connection) => {
    if (!(await removeSubscriptionNow(connection, tenantId, subscription))) return;
    const { userId, service } = subscription;
    await tell(
      connection,
      { identity: { tenantId, actor: notifier } },
      {
        type: 'PushSubscriptionRemoved',
        subjectType: 'member',
        subjectId: userId,
        data: { service, reason },
      },
    );
  });
  return failed(reason);
}
