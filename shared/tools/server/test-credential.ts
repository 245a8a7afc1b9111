import type { ChangeContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { readTenantEgress } from '../../identity/db/tenant-settings.ts';
import { createSecretRedactor } from '../../platform/redaction/redaction.ts';
import type { Vault } from '../../platform/server/vault.ts';
import { withoutView } from '../auth/auth-view.ts';
import { type AnyAuth, authHosts } from '../auth/registry.ts';
import { limitProblem } from '../credential-limits.ts';
import type { CredentialHealthStatus, CredentialView, TestCredentialInput } from '../credential-schemas.ts';
import { noteHealth } from '../db/credentials.ts';
import { findAuthUsing } from '../db/credentials-list.ts';
import { checkUrl, hostPortOf } from '../http/url.ts';
import { httpToolSchema } from '../providers/http/config.ts';
import { renderRequest } from '../providers/registry.ts';
import { CredentialProblems, parseAuth } from './credential-input.ts';
import { openCredential } from './open-credential.ts';
import type { CallResult } from './provider.ts';
import { callProvider, type Providers } from './providers.ts';
import { ownerOfCredential, readCredential } from './read-credentials.ts';
import { asOwner } from './write-tool.ts';

export type TestContext = ChangeContext<{ vault: Vault; providers: Providers }>;

const timeoutMs = 10_000;

interface Finding {
  status: CredentialHealthStatus;
  message: string;
  httpStatus: number | null;
}

/**
 * Sends one request that changes nothing, with the credential, and stores what its response says about it. The current
 * value alone is tried, also while a rotation overlaps.
 * @throws InterlockError `not_found`, `invalid_input`, or `forbidden` when the credential may not be sent there
 */
export async function testCredential(
  context: TestContext,
  id: string,
  input: TestCredentialInput,
): Promise<CredentialView> {
  const { services, identity } = context;
  const ownerId = await ownerOfCredential(context, id);
  const credential = await readCredential(context, id);
  const problems = new CredentialProblems();
  const url = input.url ?? credential.test?.url;
  const method = input.method ?? (input.url === undefined ? credential.test?.method : undefined) ?? 'GET';
  if (url === undefined) problems.add('/url', 'Name the endpoint to call', 'required');
  else problems.issues.push(...checkUrl(url, '/url'));
  if (url && /[{}]/.test(url)) problems.add('/url', 'The endpoint must not contain a template');
  const auth = await readPlacement(context, credential, input, problems);
  const host = url && hostPortOf(url);
  const hosts = auth && host ? authHosts(auth, [host]) : [];
  const foreign = hosts.filter((each) => !credential.allowedHosts.includes(each));
  if (foreign.length > 0)
    problems.add(
      '/url',
      `The credential may be sent to ${credential.allowedHosts.join(', ')}, not to ${foreign.join(', ')}`,
    );
  problems.refuse();
  if (!auth || url === undefined) throw new Error('A request without a problem is read');

  const opened = await openCredential(services.db, services.vault, {
    credentialId: id,
    ownerId,
    hosts,
    request: { method, url },
  });
  const tool = httpToolSchema.parse({ name: 'test', type: 'http', auth, config: { method, url } });
  const secrets = [opened.secret];
  const reach = await services.db.tenant(identity.tenantId, readTenantEgress);
  const result = await callProvider(
    tool,
    renderRequest(tool, {}),
    {
      tenantId: identity.tenantId,
      executionId: id,
      attempt: 1,
      idempotencyKey: null,
      signal: AbortSignal.timeout(timeoutMs),
      secret: opened.secret,
      previousSecret: null,
      onPrevious: () => {},
      refusesTarget: (target) => limitProblem(opened.limits, target),
      ...reach,
      caller: { type: 'credential', id },
      maySend: () => true,
      onSent: () => {},
      onSecret: (secret) => secrets.push(secret),
      heartbeat: () => {},
    },
    services.providers,
  );
  const found = findingOf(result);
  const message = createSecretRedactor(secrets).text(found.message);
  await asOwner(context, ownerId, async (connection) => {
    await noteHealth(connection, id, {
      health: found.status,
      health_message: message,
      health_http_status: found.httpStatus,
      test_method: method,
      test_url: url,
    });
    await tell(connection, context, {
      type: 'CredentialTested',
      subjectType: 'credential',
      subjectId: id,
      data: { name: credential.name, host, health: found.status, httpStatus: found.httpStatus },
    });
  });
  return readCredential(context, id);
}

/** How the request carries the secret: as sent, as it was stored, or as a tool that uses it says. */
async function readPlacement(
  context: TestContext,
  credential: CredentialView,
  { auth: sent }: TestCredentialInput,
  problems: CredentialProblems,
): Promise<AnyAuth | null> {
  if (sent) {
    if (sent.type === credential.type) return parseAuth(sent, problems);
    problems.add('/auth/type', `This credential is for ${credential.type}`);
    return null;
  }
  if (credential.auth) return withoutView(credential.auth);
  const ownerId = credential.scope === 'global' ? null : context.identity.tenantId;
  const used = await asOwner(context, ownerId, (connection) =>
    findAuthUsing(connection, ownerId, credential.id),
  );
  if (used) return used;
  const missing =
    'It was stored with a tool that is gone, and does not say how a request carries it. Send auth';
  problems.add('/auth', missing, 'required');
  return null;
}

function findingOf(result: CallResult): Finding {
  const httpStatus = result.httpStatus ?? null;
  if (result.ok || (httpStatus !== null && httpStatus >= 200 && httpStatus < 300))
    return { status: 'ok', message: `The provider accepted it (${httpStatus}).`, httpStatus };
  if (httpStatus === 401 || httpStatus === 403)
    return { status: 'refused', message: `The provider refused it: ${result.message}.`, httpStatus };
  if (httpStatus !== null)
    return {
      status: 'unclear',
      message: `${result.message}. That does not show whether the credential is accepted. Test it against another endpoint.`,
      httpStatus,
    };
  // Nothing was sent to the endpoint: the token request was refused.
  const refusedBefore = result.sent === 'before' && !result.transient && result.code === 'provider_error';
  return { status: refusedBefore ? 'refused' : 'unreachable', message: `${result.message}.`, httpStatus };
}
