import type { ChangeContext } from '../../events/server/change-context.ts';
import { readTenantEgress } from '../../identity/db/tenant-settings.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { createSecretRedactor } from '../../platform/redaction/redaction.ts';
import type { Egress } from '../../platform/server/egress/egress.ts';
import { EgressError, EgressRefused } from '../../platform/server/egress/egress-error.ts';
import type { Vault } from '../../platform/server/vault.ts';
import { authHosts, secretOf, secretTexts, withCredential } from '../auth/registry.ts';
import { type ConnectorDefinition, connectorHosts } from '../connectors/registry.ts';
import { type CredentialLimits, limitProblem } from '../credential-limits.ts';
import { AuthError } from './auth-applier.ts';
import type { AuthAppliers } from './auth-appliers.ts';
import { checkConnectorDefinition } from './check-definition.ts';
import type { OfferContext } from './connector-offer.ts';
import { offersOf } from './connector-offers.ts';
import { keptCredential } from './credential-store.ts';
import { exchangeHttp } from './http-exchange.ts';
import { openCredential } from './open-credential.ts';
import type { CallContext } from './provider.ts';
import { readConnectorRow, sentConnector } from './read-connectors.ts';
import { readConnectorDefinition } from './tool-service.ts';
import { asOwner, ownerOf } from './write-tool.ts';

export type DescribeContext = ChangeContext<{ vault: Vault; egress: Egress; appliers: AuthAppliers }>;

export interface DescribeInput {
  /** A stored connector; with a definition, the one that this would change. */
  id?: string | undefined;
  definition?: Record<string, unknown> | undefined;
}

const timeoutMs = 20_000;

/**
 * Asks the system behind a connector for what describes it, with the auth of the connector. Stores nothing.
 * @returns the fields of the connector that hold it
 * @throws InterlockError `invalid_definition` for a kind that has nothing to fetch, `denied` by the egress rules,
 * `forbidden` when the credential may not be used there, `provider_error` when the system does not say
 */
export async function describeConnector(
  context: DescribeContext,
  input: DescribeInput,
): Promise<Record<string, unknown>> {
  const { connector, secret, limits } = await toAsk(context, input);
  const { services, identity } = context;
  const { kind, auth } = connector;
  const offers = offersOf(kind);
  if (!offers?.fetch)
    throw new InterlockError('invalid_definition', 'A connector of this kind has nothing to fetch.', {
      issues: [
        {
          path: '/definition/kind',
          message: `A connector of kind ${kind} has nothing to fetch`,
          keyword: 'kind',
        },
      ],
    });
  const secrets = secret === null ? [] : secretTexts(auth, secret);
  const reach = await services.db.tenant(identity.tenantId, readTenantEgress);
  const asked = {
    ...reach,
    tenantId: identity.tenantId,
    signal: AbortSignal.timeout(timeoutMs),
    secret,
  };
  const call: CallContext = {
    ...asked,
    executionId: context.requestId,
    attempt: 1,
    idempotencyKey: null,
    previousSecret: null,
    onPrevious: () => {},
    refusesTarget: (target) => limits && limitProblem(limits, target),
    caller: { type: 'connector', id: input.id ?? connector.name },
    maySend: () => true,
    onSent: () => {},
    onSecret: (each) => secrets.push(each),
    heartbeat: () => {},
  };
  const offer: OfferContext = {
    ...asked,
    egress: services.egress,
    send: ({ body, maxResponseBytes, ...request }) =>
      exchangeHttp(services, { auth, request, body, added: {}, maxResponseBytes }, call),
  };
  try {
    return await offers.fetch(connector, offer);
  } catch (error) {
    throw inWords(error, createSecretRedactor(secrets).text);
  }
}

interface Asked {
  connector: ConnectorDefinition;
  secret: string | null;
  /** Null: it has no credential that is stored. */
  limits: CredentialLimits | null;
}

/** The connector that is asked about, and its secret: as sent, or of the credential that saving it would keep. */
async function toAsk(context: DescribeContext, { id, definition }: DescribeInput): Promise<Asked> {
  const { services, identity } = context;
  const row = id === undefined ? null : await readConnectorRow(context, id);
  const stored = row && readConnectorDefinition(row.definition);
  if (!stored && !definition)
    throw new InterlockError('invalid_input', 'Send a definition, or the id of a connector.', {
      issues: [{ path: '/definition', message: 'is required, or an id', keyword: 'required' }],
    });
  const sent = definition && row ? sentConnector(identity, row, definition) : definition;
  const connector = sent ? checkDraft(sent, stored !== null) : stored!;
  const ownerId = row ? (row.tenant_id ?? ownerOf(identity, 'global')) : ownerOf(identity, connector.scope);
  const { auth } = connector;
  const { secret } = secretOf(auth);
  if (secret !== undefined) return { connector, secret, limits: null };
  const hosts = authHosts(auth, connectorHosts(connector));
  const credentialId = await asOwner(context, ownerId, (connection) =>
    keptCredential(connection, { ownerId, auth, hosts, previous: stored?.auth }),
  ).catch(inDefinition);
  if (credentialId === null) return { connector, secret: null, limits: null };
  const opened = await openCredential(services.db, services.vault, { credentialId, ownerId, hosts });
  return {
    connector: { ...connector, auth: withCredential(auth, credentialId) },
    secret: opened.secret,
    limits: opened.limits,
  };
}

/** A definition that is being written may have no name yet. */
function checkDraft(sent: Record<string, unknown>, isStored: boolean): ConnectorDefinition {
  try {
    const name = sent.name || 'unnamed';
    return checkConnectorDefinition({ ...sent, name }, { secretRequired: !isStored });
  } catch (error) {
    return inDefinition(error);
  }
}

/** Issues at their places in the request. */
function inDefinition(error: unknown): never {
  if (!(error instanceof InterlockError) || !error.issues) throw error;
  const issues = error.issues.map((issue) => ({ ...issue, path: `/definition${issue.path}` }));
  throw new InterlockError(error.code, error.message, { issues });
}

function inWords(error: unknown, redact: (text: string) => string): unknown {
  if (error instanceof InterlockError) return new InterlockError(error.code, redact(error.message), error);
  if (error instanceof EgressRefused) return new InterlockError('denied', `${redact(error.message)}.`);
  if (error instanceof EgressError || error instanceof AuthError)
    return new InterlockError('provider_error', `${redact(error.message)}. Nothing was changed.`);
  return error;
}
