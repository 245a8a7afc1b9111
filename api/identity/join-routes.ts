import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { personName } from '../../shared/people/people-schemas.ts';
import { join, readOffer } from '../../shared/people/server/join.ts';
import { sendError } from '../rest/rest-bridge.ts';
import type { Services } from '../services.ts';
import { sessionOf } from './identify-caller.ts';
import { assertSameOrigin } from './same-origin.ts';

const token = z.string().max(200);
const lookInput = z.object({ token });
const joinInput = z.object({ token, name: personName.optional(), password: z.string().max(1000).optional() });

/**
 * What someone with the link of an invitation may do without being a member: see what it offers, and accept it. The link
 * is the credential, so these are no procedures, which all need a role.
 */
export function registerJoinRoutes(
  app: FastifyInstance,
  { services, publicUrl }: { services: () => Services; publicUrl: string },
): void {
  const personOf = async (request: FastifyRequest) => {
    const session = sessionOf(request);
    return session === null ? null : services().accounts.sessionPerson(session);
  };
  // POST, so that no address in a log or a history holds the token.
  app.post('/api/invitation/look', async (request, reply) => {
    try {
      const { token } = lookInput.parse(request.body ?? {});
      const [offer, person] = await Promise.all([readOffer(services(), token), personOf(request)]);
      return { ...offer, signedInAs: person?.email ?? null };
    } catch (error) {
      return sendError(error, request, reply);
    }
  });
  app.post('/api/invitation/accept', async (request, reply) => {
    try {
      assertSameOrigin(request, publicUrl);
      const input = joinInput.parse(request.body ?? {});
      const person = await personOf(request);
      return await join(services(), { ...input, person, requestId: request.id });
    } catch (error) {
      return sendError(error, request, reply);
    }
  });
}
