import { oneLine } from '../notice-lines.ts';
import { notificationKinds } from '../notification-kinds.ts';
import type { Message, Sent } from './message.ts';
import type { NotificationServices } from './notification-services.ts';
import { organizationOf } from './organization.ts';
import { writeUnsubscribeToken } from './unsubscribe-token.ts';

/** One email with the lines of a message. Its links lead to pages that ask: opening one decides nothing. */
export async function sendByEmail(services: NotificationServices, message: Message): Promise<Sent> {
  const { mailer, environment } = services;
  const { tenantId, member, lines, count, kinds } = message;
  const { say } = message.speaker;
  const organization = await organizationOf(services, tenantId);
  if (!organization) return { sent: false, error: 'The organization is gone.', retry: false };
  const base = `${environment.publicUrl}/t/${organization.slug}`;
  const [only] = kinds;
  const kind = kinds.length === 1 && notificationKinds.find((each) => each === only);
  const token = writeUnsubscribeToken(environment.INTERLOCK_AUTH_SECRET, {
    tenantId,
    userId: member.id,
    kind: kind || 'all',
  });
  const unsubscribe = `${environment.publicUrl}/api/notifications/unsubscribe?token=${token}`;
  const settings = `${base}/profile/notifications`;
  const [first] = lines;
  const name = oneLine(organization.name);
  const subject = count === 1 ? first!.text : say`${count} notifications of ${name} on Interlock`;
  const text = `${lines.map((line) => `${line.text}\n${base}${line.link}\n`).join('\n')}
--
${say`${name} on Interlock. Opening a link decides nothing.`}
${say`Notification settings: ${settings}`}
${say`No more of these emails: ${unsubscribe}`}
`;
  return mailer.notify({
    to: member.email,
    subject: message.critical ? say`Critical: ${subject}` : subject,
    text,
    messageId: `${message.id}@${new URL(environment.publicUrl).hostname}`,
    unsubscribe,
  });
}
