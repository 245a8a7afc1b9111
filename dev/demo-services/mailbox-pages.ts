import type { Address } from 'postal-mime';
import { type Reply, ReplyError, type Route, route } from './http.ts';
import type { DemoMail, Mailbox } from './mailbox.ts';

/** What was sent to the demo mailbox, as pages. A message may hold anything: its HTML is shown in a frame that does nothing. */
export function mailboxRoutes(mailbox: Mailbox | null): Route[] {
  if (!mailbox) return [];
  const byId = (id: string | undefined): DemoMail => {
    const found = mailbox.list().find((mail) => String(mail.id) === id);
    if (!found) throw new ReplyError(404, 'not_found', `No message with the ID ${id}.`);
    return found;
  };
  return [
    route('GET', '/mailbox', () => page('Demo mailbox', listOf(mailbox.list()))),
    route('GET', '/mailbox/:id', ({ params }) => {
      const mail = byId(params.id);
      return page(mail.subject ?? '(no subject)', messageOf(mail));
    }),
    route('GET', '/mailbox/:id/attachments/:index', ({ params }) => {
      const file = byId(params.id).attachments[Number(params.index)];
      if (!file) throw new ReplyError(404, 'not_found', 'No such attachment.');
      const name = encodeURIComponent(file.filename ?? 'attachment');
      return {
        status: 200,
        body: typeof file.content === 'string' ? file.content : Buffer.from(new Uint8Array(file.content)),
        headers: {
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename*=UTF-8''${name}`,
          'x-content-type-options': 'nosniff',
        },
      };
    }),
  ];
}

function listOf(mails: readonly DemoMail[]): string {
  if (mails.length === 0)
    return '<p>No messages yet. Run a tool that sends email, or invite someone to an organization.</p>';
  const rows = mails.map(
    (mail) =>
      `<tr><td><time datetime="${mail.receivedAt}">${mail.receivedAt.slice(11, 19)} UTC</time></td><td>${addresses([mail.from])}</td><td>${escaped(mail.recipients.join(', '))}</td><td><a href="/mailbox/${mail.id}">${escaped(mail.subject || '(no subject)')}</a></td></tr>`,
  );
  return `<table><thead><tr><th scope="col">Received</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function messageOf(mail: DemoMail): string {
  const facts: [string, string][] = [
    ['From', addresses([mail.from])],
    ['To', addresses(mail.to)],
    ['Cc', addresses(mail.cc)],
    ['Reply to', addresses(mail.replyTo)],
    ['Delivered to', escaped(mail.recipients.join(', '))],
    ['Message-ID', escaped(mail.messageId)],
    ['Received', escaped(mail.receivedAt)],
  ];
  const shown = facts.filter(([, value]) => value !== '');
  const files = mail.attachments.map(
    (file, index) =>
      `<li><a href="/mailbox/${mail.id}/attachments/${index}">${escaped(file.filename ?? 'attachment')}</a> (${escaped(file.mimeType)})</li>`,
  );
  return [
    '<p><a href="/mailbox">All messages</a></p>',
    `<dl>${shown.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join('')}</dl>`,
    mail.text ? `<h2>Text</h2><pre>${escaped(mail.text)}</pre>` : '',
    mail.html
      ? `<h2>HTML</h2><iframe title="The HTML part of the message" sandbox srcdoc="${escaped(mail.html)}"></iframe>`
      : '',
    files.length > 0 ? `<h2>Attachments</h2><ul>${files.join('')}</ul>` : '',
  ].join('');
}

function addresses(list: readonly (Address | undefined)[] | undefined): string {
  const texts = (list ?? []).flatMap((each) => {
    if (!each) return [];
    return each.address ? `${each.name ? `${each.name} ` : ''}<${each.address}>` : each.name;
  });
  return escaped(texts.join(', '));
}

const style = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { background: light-dark(#fff, #111); color: light-dark(#111, #eee); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
a { color: light-dark(#1d4ed8, #93c5fd); }
table { width: 100%; border-collapse: collapse; }
th, td { text-align: left; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); vertical-align: top; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .2rem .8rem; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .8rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
iframe { width: 100%; height: 24rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); background: #fff; }
`;

/** @param body is HTML already */
function page(title: string, body: string): Reply {
  return {
    status: 200,
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style></head><body><main><h1>${escaped(title)}</h1>${body}</main></body></html>`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      // Also of the frame: no script, no request, no form.
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
  };
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text = ''): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
