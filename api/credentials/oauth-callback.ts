import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { authorize } from '../../shared/identity/roles.ts';
import { errorStatus, InterlockError } from '../../shared/platform/error-codes.ts';
import { callbackPath, finishSignIn, takeBegun } from '../../shared/tools/server/oauth2/sign-in.ts';
import { sessionDigest } from '../identity/identify-caller.ts';
import type { Services } from '../services.ts';
import type { RequestContext } from '../trpc.ts';

/** A parameter that is sent twice counts as missing (RFC 6749, section 3.1). */
const parameter = z.string().max(4096).optional().catch(undefined);
const querySchema = z.object({ state: parameter, code: parameter, error: parameter, iss: parameter });

/** Where a provider sends a person back. The state says for what, and that this browser began it. */
export function registerOauthCallback(
  app: FastifyInstance,
  services: () => Services,
  contextOf: (request: FastifyRequest, tenantSlug: string) => Promise<RequestContext>,
): void {
  app.get(callbackPath, { compress: false }, async (request, reply) => {
    try {
      const { returnTo, failure } = await finish(request, services(), contextOf);
      if (failure === null) return await reply.redirect(returnTo, 303);
      return await sendPage(reply, 400, failure, returnTo);
    } catch (error) {
      if (!(error instanceof InterlockError)) throw error;
      return await sendPage(reply, errorStatus[error.code], error.message, '/');
    }
  });
}

async function finish(
  request: FastifyRequest,
  services: Services,
  contextOf: (request: FastifyRequest, tenantSlug: string) => Promise<RequestContext>,
) {
  const { state, code, error, iss } = querySchema.parse(request.query);
  const session = sessionDigest(request);
  const begun = session !== null && state !== undefined && (await takeBegun(services, state, session));
  if (!begun)
    throw new InterlockError(
      'bad_request',
      'This sign-in was used already, is older than ten minutes, or was begun in another browser.',
    );
  const { identity, requestId } = await contextOf(request, begun.tenantSlug);
  if (identity?.tenantId !== begun.tenantId)
    throw new InterlockError('unauthorized', 'Your session has ended.');
  authorize(identity, 'tools.write');
  return finishSignIn({ services, identity, requestId }, begun, { code, error, iss });
}

function sendPage(reply: FastifyReply, status: number, why: string, back: string): FastifyReply {
  return reply
    .status(status)
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="en">
<meta name="viewport" content="width=device-width">
<title>Not connected</title>
<style>:root { color-scheme: light dark; font: 16px/1.5 system-ui } body { margin: 15vh auto; max-width: 34rem; padding: 0 1.5rem } a { color: inherit }</style>
<main>
<h1>Not connected</h1>
<p>${escaped(why)}</p>
<p>Nothing was changed. Go back, and choose Connect to begin again.</p>
<p><a href="${escaped(back)}">Back to Interlock</a></p>
</main>
</html>
`);
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
