import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { unsubscribe } from '../../shared/notifications/server/notification-settings.ts';
import { organizationOf } from '../../shared/notifications/server/organization.ts';
import { readUnsubscribeToken } from '../../shared/notifications/server/unsubscribe-token.ts';
import { errorStatus, InterlockError } from '../../shared/platform/error-codes.ts';
import type { Services } from '../services.ts';

const path = '/api/notifications/unsubscribe';
const querySchema = z.object({ token: z.string().max(2048).catch('') });

/**
 * The link of an email that ends these emails (RFC 8058): a GET shows a page that asks, a POST does it, also that of a
 * mailbox without a session. Who holds the link can end these emails, and nothing else.
 */
export function registerUnsubscribe(app: FastifyInstance, services: () => Services): void {
  const linkOf = (request: FastifyRequest) => {
    const { token } = querySchema.parse(request.query);
    const of = readUnsubscribeToken(services().environment.INTERLOCK_AUTH_SECRET, token);
    if (!of)
      throw new InterlockError('not_found', 'This link is not complete. Open it from the email again.');
    return { of, token };
  };
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // What is sent says nothing that the link does not.
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 16_384 }, (_request, _body, done) =>
      done(null),
    );
    scope.get(path, { compress: false }, (request, reply) =>
      showing(reply, async () => {
        const { of, token } = linkOf(request);
        const organization = await organizationOf(services(), of.tenantId);
        const what = of.kind === 'all' ? 'notifications' : 'notifications of this kind';
        return {
          title: 'End these emails?',
          body: `<p>${organization ? escaped(organization.name) : 'Interlock'} will send you no more ${what} by email. The page of Interlock still shows them.</p>
<form method="post" action="${path}?token=${encodeURIComponent(token)}"><button>End these emails</button></form>`,
        };
      }),
    );
    scope.post(path, { compress: false }, (request, reply) =>
      showing(reply, async () => {
        await unsubscribe(services(), linkOf(request).of, request.id);
        return {
          title: 'These emails have ended',
          body: '<p>You can have them again: in Interlock, open your profile, then Notifications.</p>',
        };
      }),
    );
  });
}

interface Shown {
  title: string;
  /** HTML. */
  body: string;
}

async function showing(reply: FastifyReply, work: () => Promise<Shown>): Promise<FastifyReply> {
  try {
    return await sendPage(reply, 200, await work());
  } catch (error) {
    if (!(error instanceof InterlockError)) throw error;
    const body = `<p>${escaped(error.message)}</p>`;
    return await sendPage(reply, errorStatus[error.code], { title: 'Nothing was changed', body });
  }
}

function sendPage(reply: FastifyReply, status: number, { title, body }: Shown): FastifyReply {
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>:root { color-scheme: light dark; font: 16px/1.5 system-ui } body { margin: 15vh auto; max-width: 34rem; padding: 0 1.5rem } button { font: inherit; padding: .5rem 1rem }</style>
<main>
<h1>${title}</h1>
${body}
</main>
</html>
`);
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
