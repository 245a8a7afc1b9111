import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import type { WrittenLanguage } from '../../words/languages.ts';
import { type Speaker, speakerOf } from '../../words/speak.ts';

/** The mail that invites someone. */
export interface InvitationMail {
  to: string;
  organization: string;
  invitedBy: string;
  link: string;
  expiresAt: Date;
  /** That the inviter reads, who knows the receiver. */
  language?: WrittenLanguage | undefined;
}

/** The mail that tells someone of something. */
export interface NoticeMail {
  to: string;
  subject: string;
  text: string;
  /** The same at every attempt, so that a mailbox knows a second one. */
  messageId: string;
  /** Where one request ends these mails (RFC 8058). */
  unsubscribe: string;
}

export interface Mailer {
  /** Whether this deployment sends mail. */
  sends: boolean;
  /** It never throws. @returns `retry`: the server may take it later */
  notify(mail: NoticeMail): Promise<{ sent: true } | { sent: false; error: string; retry: boolean }>;
  /** It never fails: the link works without it. */
  invite(mail: InvitationMail): Promise<'sent' | 'failed' | 'not_configured'>;
}

/** A server that does not respond must not hold the request. */
const timeouts = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };

/** @param settings.url `smtp://user:password@host:587` or `smtps://…`; without it, nothing is sent */
export function createMailer(
  { url, from }: { url: string | undefined; from: string | undefined },
  log: Pick<Logger, 'warn'>,
): Mailer {
  if (url === undefined || from === undefined)
    return {
      sends: false,
      notify: async () => ({ sent: false, error: 'This deployment sends no mail.', retry: false }),
      invite: async () => 'not_configured',
    };
  const transport = createTransport({ url, ...timeouts, disableFileAccess: true, disableUrlAccess: true });
  return {
    sends: true,
    async notify({ to, subject, text, messageId, unsubscribe }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject: oneLine(subject),
          text,
          messageId: `<${messageId}>`,
          headers: {
            'List-Unsubscribe': `<${unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            'Auto-Submitted': 'auto-generated',
          },
        });
        return { sent: true };
      } catch (error) {
        const { responseCode, message } = error as Error & { responseCode?: number };
        log.warn({ reason: message }, 'a notification could not be sent by mail');
        // What the server says may name the mailbox: its code is enough.
        const said =
          responseCode === undefined
            ? 'The mail server was not reached'
            : `The mail server responded with ${responseCode}`;
        return { sent: false, error: `${said}.`, retry: responseCode === undefined || responseCode < 500 };
      }
    },
    async invite(mail) {
      try {
        const speaker = await speakerOf(mail.language);
        await transport.sendMail({
          from,
          // An address, not a header: nothing in it can begin another one.
          to: { name: '', address: mail.to },
          subject: oneLine(speaker.say`${mail.invitedBy} invites you to ${mail.organization} on Interlock`),
          text: textOf(mail, speaker),
        });
        return 'sent';
      } catch (error) {
        log.warn({ reason: (error as Error).message }, 'an invitation could not be sent by mail');
        return 'failed';
      }
    },
  };
}

const textOf = ({ organization, invitedBy, link, expiresAt }: InvitationMail, { say }: Speaker): string =>
  `${say`${oneLine(invitedBy)} invites you to ${oneLine(organization)} on Interlock.`}

${say`Accept the invitation:`}
${link}

${say`The link works once, until ${expiresAt.toISOString()}. If you did not expect it, ignore this mail.`}
`;

const oneLine = (text: string): string => text.replaceAll(/[\r\n\t\0]+/g, ' ');
