import { domainToASCII } from 'node:url';
import MailComposer from 'nodemailer/lib/mail-composer';
import { fromBase64 } from '../../../../platform/base64.ts';
import { isObject } from '../../../../platform/schema-properties.ts';
import type { RenderedRequest } from '../../rendered-request.ts';
import { readMailboxes } from '../mailboxes.ts';

/** A message as bytes, with its envelope. */
export interface Mail {
  messageId: string;
  sender: string;
  /** Each once. */
  recipients: string[];
  raw: Buffer;
}

const fields = ['From', 'To', 'Cc', 'Bcc', 'Reply-To', 'Subject'];

/** The message of a rendered request. Every attempt of an execution has the same Message-ID. */
export async function composeMail({ headers, body }: RenderedRequest, executionId: string): Promise<Mail> {
  const mailboxes = (name: string) =>
    readMailboxes(headers[name] ?? '').map((each) => ({ ...each, address: asciiDomain(each.address) }));
  const [from, to, cc, bcc] = [mailboxes('From'), mailboxes('To'), mailboxes('Cc'), mailboxes('Bcc')];
  const sender = from[0]?.address ?? '';
  const messageId = `<${executionId}@${sender.split('@')[1]}>`;
  const { text, html, attachments } = isObject(body) ? body : {};
  const composed = new MailComposer({
    messageId,
    from,
    to,
    cc,
    replyTo: mailboxes('Reply-To'),
    subject: headers.Subject ?? '',
    headers: Object.entries(headers)
      .filter(([name]) => !fields.includes(name))
      .map(([key, value]) => ({ key, value })),
    ...(typeof text === 'string' && { text }),
    ...(typeof html === 'string' && { html }),
    attachments: (Array.isArray(attachments) ? attachments : []).flatMap(fileOf),
    // A part is what the definition and the input say, never a file of this machine.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const raw = await composed.compile().build();
  const recipients = [...new Set([...to, ...cc, ...bcc].map(({ address }) => address))];
  return { messageId, sender, recipients, raw };
}

function fileOf(value: unknown) {
  if (!isObject(value)) return [];
  const { filename, contentType, content } = value;
  if (typeof filename !== 'string' || typeof contentType !== 'string' || typeof content !== 'string')
    return [];
  return { filename, contentType, content: fromBase64(content) ?? Buffer.alloc(0) };
}

/** Servers know the names of domains in ASCII. */
function asciiDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 0 ? address : `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
}
