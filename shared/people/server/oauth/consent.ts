import type { IncomingMessage, ServerResponse } from 'node:http';
import { errors, type default as Provider } from 'oidc-provider';
import { v7 as uuidv7 } from 'uuid';
import { tell } from '../../../events/server/tell.ts';
import {
  type AppScope,
  appScopes,
  knownScopes,
  mcpResource,
  scopeNeeds,
} from '../../../identity/app-scopes.ts';
import { authorize, can, type Identity, type Role } from '../../../identity/roles.ts';
import type { Person } from '../../../identity/server/person.ts';
import { InterlockError } from '../../../platform/error-codes.ts';
import type { AppAnswer, AppRequest } from '../../app-schemas.ts';
import { insertGrant, removeOld } from '../../db/apps.ts';
import { lockOrganization, readRolesNow } from '../../db/members.ts';
import type { OauthServices } from './authorization-server.ts';
import { redirectHost } from './client-rules.ts';

/** A request of the browser that has begun the authorization, as its cookie says. */
export interface Asked {
  provider: Provider;
  uid: string;
  request: IncomingMessage;
  response: ServerResponse;
}

interface Question {
  clientId: string;
  app: AppRequest['app'];
  scopes: AppScope[];
}

const gone = () =>
  new InterlockError(
    'not_found',
    'This request has ended, or was begun in another browser. Start again in the app.',
  );

/** @throws InterlockError `not_found` when there is none, or another browser has begun it */
async function questionOf({ provider, uid, request, response }: Asked): Promise<Question> {
  const details = await provider.interactionDetails(request, response).catch((error: unknown) => {
    if (error instanceof errors.SessionNotFound) throw gone();
    throw error;
  });
  // Answered: what follows belongs to the app.
  if (details.uid !== uid || details.result) throw gone();
  const { client_id: clientId, redirect_uri: redirectUri, scope } = details.params;
  const client = await provider.Client.find(String(clientId));
  const host = redirectHost(redirectUri);
  if (!client || host === null) throw gone();
  return {
    clientId: client.clientId,
    app: { name: client.clientName ?? null, host },
    scopes: knownScopes(String(scope ?? '')),
  };
}

const allowable = (roles: readonly Role[], asked: readonly AppScope[]): AppScope[] =>
  asked.filter((scope) => can({ roles }, scopeNeeds[scope]));

/** What the page asks. @param person whoever is signed in */
export async function readQuestion(asked: Asked, person: Person | null): Promise<AppRequest> {
  const { app, scopes } = await questionOf(asked);
  return {
    app,
    scopes,
    person: person && { id: person.id, name: person.name, email: person.email },
    organizations: (person?.tenants ?? []).map(({ slug, name, roles }) => ({
      slug,
      name,
      scopes: allowable(roles, scopes),
    })),
  };
}

/** @returns where the browser goes on: the answer waits there for the app */
export async function refuseApp(asked: Asked): Promise<string> {
  await questionOf(asked);
  return asked.provider.interactionResult(asked.request, asked.response, {
    error: 'access_denied',
    error_description: 'The person has not allowed it.',
  });
}

/**
 * Lets an app act for a person in one organization.
 * @param identity of the person in that organization, now
 * @returns where the browser goes on
 * @throws InterlockError `not_found`, `conflict` for another person than the page showed, `forbidden` for more than they may
 */
export async function allowApp(
  { db, environment }: OauthServices,
  asked: Asked,
  identity: Identity,
  { person, scopes }: Extract<AppAnswer, { allow: true }>,
  requestId: string,
): Promise<string> {
  const question = await questionOf(asked);
  const { actor, tenantId } = identity;
  if (actor.type !== 'user' || actor.id !== person)
    throw new InterlockError(
      'conflict',
      'Someone else has signed in meanwhile. Load the page again. Nothing was allowed.',
    );
  const given = appScopes.filter((scope) => scopes.includes(scope));
  if (given.some((scope) => !question.scopes.includes(scope)))
    throw new InterlockError('bad_request', 'The app has not asked for this. Nothing was allowed.');
  const grantId = uuidv7();
  await db.accounts(async (connection) => {
    await lockOrganization(connection, tenantId);
    const roles = await readRolesNow(connection, identity);
    for (const scope of given) authorize({ roles }, scopeNeeds[scope]);
    await removeOld(connection);
    await insertGrant(connection, {
      id: grantId,
      userId: actor.id,
      tenantId,
      clientId: question.clientId,
      clientName: question.app.name,
      redirectHost: question.app.host,
      resource: mcpResource(environment.publicUrl),
      scopes: given,
    });
    await tell(
      connection,
      { identity, requestId },
      {
        type: 'AppConnected',
        subjectType: 'member',
        subjectId: actor.id,
        data: { name: question.app.name, host: question.app.host, person: actor.name, scopes: given },
      },
    );
  });
  return asked.provider.interactionResult(asked.request, asked.response, {
    login: { accountId: actor.id, remember: false },
    consent: { grantId },
  });
}
