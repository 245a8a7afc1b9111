import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { type AnyAuth, authDefinitionOf, authHosts, everyAuthDefinition } from '../../tools/auth/registry.ts';
import type { ConnectorDefinition } from '../../tools/connectors/registry.ts';
import { connectorDefinitionSchema, connectorHosts } from '../../tools/connectors/registry.ts';
import { targetHosts } from '../../tools/providers/registry.ts';
import { resolveTool } from '../../tools/resolve-tool.ts';
import type { ToolDefinitionInput } from '../../tools/tool-definition.ts';
import type { CredentialPlan } from './credential-plan.ts';

type Fields = Record<string, unknown>;

export const invalidFile = (issues: Issue[]): InterlockError =>
  new InterlockError('invalid_definition', 'Invalid file.', { issues });

const issue = (path: string, message: string): Issue => ({ path, message, keyword: 'file' });

/** What the auth of a file becomes: its credential by id. */
export interface NamedAuth {
  file: string;
  credentials: CredentialPlan;
  currentId: string | undefined;
}

/** A connector as the API takes it. @throws InterlockError `invalid_definition` with places in the file */
export function connectorOf(value: Fields, named: NamedAuth): Fields {
  refuseScope(value);
  const auth = authOf(value);
  if (!auth) return value;
  const whole = connectorDefinitionSchema.safeParse({ ...value, auth: auth.without }).data;
  const hosts = authHosts(auth.without, whole ? connectorHosts(whole) : []);
  return { ...value, auth: withId(auth, hosts, named) };
}

/**
 * A tool as the API takes it.
 * @param connector the one that it names
 * @throws InterlockError `invalid_definition` with places in the file
 */
export function toolOf(
  { connector: _named, ...value }: Fields,
  connector: { id: string; definition: ConnectorDefinition } | null,
  named: NamedAuth,
): Fields {
  refuseScope(value);
  const own = isObject(value.config) ? value.config : {};
  if ('connectorId' in own)
    throw invalidFile([
      issue('/config/connectorId', 'A file names a connector under connector, by its name'),
    ]);
  const sent = { ...value, config: { ...(connector && { connectorId: connector.id }), ...own } };
  const auth = authOf(value);
  if (!auth) return sent;
  const written = { ...sent, auth: auth.without } as unknown as ToolDefinitionInput;
  return { ...sent, auth: withId(auth, authHosts(auth.without, hostsOf(written, connector)), named) };
}

/** None of a definition whose shape is wrong: that is found when it is checked. */
function hostsOf(
  written: ToolDefinitionInput,
  connector: { definition: ConnectorDefinition } | null,
): string[] {
  try {
    return targetHosts(resolveTool(written, connector?.definition ?? null));
  } catch {
    return [];
  }
}

function refuseScope({ scope }: Fields): void {
  if (scope !== undefined)
    throw invalidFile([issue('/scope', 'Files are of one organization: leave scope out')]);
}

interface FileAuth {
  without: AnyAuth;
  credential: string | undefined;
}

/** Null for auth that needs no credential, or of no known kind. */
function authOf({ auth }: Fields): FileAuth | null {
  if (!isObject(auth)) return null;
  const { credential, ...rest } = auth;
  const known = everyAuthDefinition().find(([type]) => type === rest.type);
  if (!known) return null;
  const [type, { secretField, optionalSecret }] = known;
  if ('credentialId' in rest)
    throw invalidFile([issue('/auth/credentialId', 'A file names a credential by its name: credential')]);
  if (secretField === null) {
    if (credential === undefined) return null;
    throw invalidFile([issue('/auth/credential', `Auth of kind ${type} has no credential`)]);
  }
  if (secretField in rest)
    throw invalidFile([
      issue(`/auth/${secretField}`, 'A file holds no secret. Name a credential instead: credential'),
    ]);
  if (credential === undefined && optionalSecret) return null;
  if (typeof credential !== 'string' || credential === '')
    throw invalidFile([issue('/auth/credential', 'The name of a credential is required')]);
  return { without: { ...rest, type }, credential };
}

function withId({ without, credential }: FileAuth, hosts: string[], named: NamedAuth): AnyAuth {
  if (credential === undefined) return without;
  const { file, credentials, currentId } = named;
  const credentialId = credentials.idOf({ file, name: credential, auth: without, hosts, currentId });
  return { ...without, credentialId };
}

/** Where a problem of a definition is in its file. */
export function placeInFile(path: string, value: unknown): string {
  if (path === '/config/connectorId') return '/connector';
  const type = isObject(value) && isObject(value.auth) ? value.auth.type : undefined;
  if (typeof type !== 'string' || !everyAuthDefinition().some(([each]) => each === type)) return path;
  const { secretField } = authDefinitionOf({ type });
  return path === '/auth/credentialId' || path === `/auth/${secretField}` ? '/auth/credential' : path;
}
