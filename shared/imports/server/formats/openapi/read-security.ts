import { isObject } from '../../../../platform/schema-properties.ts';
import { entriesOf, isSwagger2, type Node, nodeAt, textOf } from './nodes.ts';

/** A way to authenticate that a document names and a connector can have. */
export interface SecurityScheme {
  name: string;
  /** Auth of a connector, without a secret. Null: there is no kind of auth for it. */
  auth: Record<string, unknown> | null;
  /** What it is called when there is none. */
  words: string;
  /** What the request carries and no input may set. */
  placement: { in: string; name: string } | null;
}

/** Every scheme of a document by its name. */
export function readSchemes(root: Node): Map<string, SecurityScheme> {
  const listed = isSwagger2(root)
    ? root.securityDefinitions
    : isObject(root.components)
      ? root.components.securitySchemes
      : undefined;
  return new Map(
    entriesOf(listed).flatMap(([name, each]) => {
      const node = nodeAt(root, each);
      return node ? [[name, schemeOf(name, node)] as const] : [];
    }),
  );
}

const authorization = { in: 'header', name: 'Authorization' };

function schemeOf(name: string, node: Node): SecurityScheme {
  const known = authOf(node);
  const words = [textOf(node.type), textOf(node.scheme)].filter(Boolean).join(' ') || name;
  if (!known) return { name, auth: null, words, placement: null };
  const { in: place, name: key } = known;
  const placement =
    known.type === 'api_key'
      ? { in: String(place), name: String(key) }
      : known.type === 'mtls'
        ? null
        : authorization;
  return { name, auth: known, words, placement };
}

function authOf(node: Node): Record<string, unknown> | null {
  const type = textOf(node.type).toLowerCase();
  const scheme = textOf(node.scheme).toLowerCase();
  if (type === 'apikey') {
    const place = textOf(node.in);
    const key = textOf(node.name);
    if (key === '' || !['header', 'query', 'cookie'].includes(place)) return null;
    // The usual way to write that a key is sent as a bearer token.
    if (
      place === 'header' &&
      key.toLowerCase() === 'authorization' &&
      /bearer/i.test(textOf(node.description))
    )
      return { type: 'bearer' };
    return { type: 'api_key', in: place, name: key };
  }
  if (type === 'basic' || (type === 'http' && scheme === 'basic')) return { type: 'basic' };
  if (type === 'http' && scheme === 'bearer') return { type: 'bearer' };
  if (type === 'mutualtls') return { type: 'mtls' };
  return type === 'oauth2' ? oauthOf(node) : null;
}

/** A machine signs in by itself where the provider lets it; else a person does. */
function oauthOf(node: Node): Record<string, unknown> | null {
  const flows = isObject(node.flows) ? node.flows : { [textOf(node.flow)]: node };
  const flow = (names: string[]) => names.map((name) => flows[name]).find(isObject);
  const machine = flow(['clientCredentials', 'application']);
  if (machine && isUrl(machine.tokenUrl))
    return { type: 'oauth2_client_credentials', tokenUrl: machine.tokenUrl, ...scopesOf(machine) };
  const person = flow(['authorizationCode', 'accessCode']);
  if (person && isUrl(person.tokenUrl) && isUrl(person.authorizationUrl))
    return {
      type: 'oauth2_authorization_code',
      authorizationUrl: person.authorizationUrl,
      tokenUrl: person.tokenUrl,
      ...scopesOf(person),
    };
  // Implicit and password flows give tokens that someone has to bring.
  return { type: 'bearer' };
}

const isUrl = (value: unknown): boolean => /^https?:\/\//i.test(textOf(value));

function scopesOf(flow: Node): { scope?: string } {
  const scope = entriesOf(flow.scopes)
    .map(([name]) => name)
    .filter((name) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(name))
    .join(' ');
  return scope === '' || scope.length > 2048 ? {} : { scope };
}

/** What an operation asks for: any of these, each a set of schemes; null: what the document asks for. */
function requirementsOf(node: Node): string[][] | null {
  if (!Array.isArray(node.security)) return null;
  return node.security.map((each) => entriesOf(each).map(([name]) => name));
}

interface OperationAuth {
  auth: { type: 'inherit' | 'none' };
  notes: string[];
}

export interface Security {
  /** That of the connector; null: none. */
  primary: SecurityScheme | null;
  /** The auth of a tool, and what to know about it. */
  ofOperation(operation: Node): OperationAuth;
  /** Of one that is called at another address: a document cannot send the credential of the connector there. */
  elsewhere(operation: Node, url: string): OperationAuth;
}

/** The scheme that most operations take is that of the connector. */
export function readSecurity(root: Node, operations: readonly Node[]): Security {
  const schemes = readSchemes(root);
  const common = requirementsOf(root);
  const uses = new Map<string, number>();
  const wanted = operations.map((each) => requirementsOf(each) ?? common ?? []);
  for (const requirements of wanted)
    for (const name of new Set(requirements.flat())) uses.set(name, (uses.get(name) ?? 0) + 1);
  const usable = [...schemes.values()].filter(({ auth, name }) => auth !== null && uses.has(name));
  // Documents without requirements often mean their only scheme.
  const only =
    uses.size === 0 && schemes.size === 1
      ? ([...schemes.values()].find(({ auth }) => auth !== null) ?? null)
      : null;
  const primary =
    usable.toSorted((one, other) => (uses.get(other.name) ?? 0) - (uses.get(one.name) ?? 0))[0] ?? only;
  return {
    primary,
    ofOperation(operation) {
      const requirements = requirementsOf(operation) ?? common ?? [];
      if (requirements.length === 0) return { auth: { type: only ? 'inherit' : 'none' }, notes: [] };
      if (requirements.every((each) => each.length === 0)) return { auth: { type: 'none' }, notes: [] };
      const taken = requirements.filter((each) => primary && each.includes(primary.name));
      if (taken.some((each) => each.length === 1)) return { auth: { type: 'inherit' }, notes: [] };
      const other = (taken[0] ?? requirements.find((each) => each.length > 0) ?? []).filter(
        (name) => name !== primary?.name,
      );
      const words = other.map((name) => schemes.get(name)?.words ?? name).join(' and ');
      const notes = [
        `It ${taken.length > 0 ? 'also ' : ''}asks for ${words}, which the connector does not have`,
      ];
      return { auth: { type: primary ? 'inherit' : 'none' }, notes };
    },
    elsewhere(operation, url) {
      const wanted = (requirementsOf(operation) ?? common ?? [])[0] ?? [];
      const words = wanted.map((name) => schemes.get(name)?.words ?? name).join(' and ');
      const note = primary
        ? `It is called at ${url}, without the credential of the connector`
        : `It is called at ${url}`;
      const needs = `It asks for ${words}: add that to the tool`;
      return { auth: { type: 'none' }, notes: words === '' ? [note] : [note, needs] };
    },
  };
}
