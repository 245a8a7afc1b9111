import { readFile } from 'node:fs/promises';
import { Command, Option } from 'commander';
import type { components, InterlockClient } from '../../shared/client/interlock-client.ts';
import { type ImportFormat, importFormats } from '../../shared/imports/import-schemas.ts';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { isUuid } from '../../shared/platform/ids.ts';
import { connect } from './connection.ts';
import { sayImportChanges } from './import-changes.ts';
import { counted, exitCodes, type JsonOption, plain, UsageError } from './output.ts';
import type { Terminal } from './terminal.ts';
import { readObject } from './tool-input.ts';

export function importCommand(terminal: Terminal): Command {
  return new Command('import')
    .description(
      'Makes tools of the operations of a document: OpenAPI, Swagger, Postman, GraphQL, WSDL, .proto, MCP',
    )
    .argument('<source>', 'a file, or a URL that Interlock fetches')
    .option('--operation <key...>', 'the operations that become tools; left out, they are listed')
    .option('--all', 'all that can become tools')
    .addOption(
      new Option('--format <format>', 'of the document; left out, it is found out').choices(importFormats),
    )
    .option('--connector <name>', 'of the connector; left out, it is made of the title')
    .option('--base-url <url>', 'where the tools call, instead of what the document says')
    .option('--credential <name>', 'of the connector: a credential of the vault, by its name or id')
    .option(
      '--auth <json>',
      'of the connector, with its secret: @file reads it from a file, - from the standard input',
    )
    .option('--json', 'as JSON')
    .action((source: string, options: ImportOptions) => importFrom(terminal, source, options));
}

type Found = components['schemas']['ImportsCreateResult'];
type Credential = components['schemas']['Credential'];

interface ImportOptions extends JsonOption {
  operation?: string[];
  format?: ImportFormat;
  all?: boolean;
  connector?: string;
  baseUrl?: string;
  credential?: string;
  auth?: string;
}

async function importFrom(terminal: Terminal, source: string, options: ImportOptions): Promise<void> {
  const { operation, all, format, connector, baseUrl, json } = options;
  if (all && operation) throw new UsageError('Say either --all or --operation.');
  const isUrl = /^(https?|grpcs?):\/\//.test(source);
  const document = isUrl ? { url: source } : { document: await documentIn(source) };
  const client = await connect(terminal);
  const auth = await readAuth(terminal, client, options);
  const found = await client.imports.create({
    ...document,
    ...(format && { format }),
    ...(connector !== undefined && { connectorName: connector }),
    // A server may want to know who asks.
    ...(isUrl && auth && { auth }),
  });
  const chosen = all
    ? found.operations.flatMap(({ key, supported }) => (supported ? [key] : []))
    : (operation ?? []);
  if (chosen.length === 0) {
    if (json) return terminal.sayJson(found);
    sayFound(terminal, found);
    await sayImportChanges(terminal, client, found, null);
    if (all) terminal.exitCode = exitCodes.error;
    else terminal.say('Nothing was imported. Choose with --operation KEY, or take them with --all.');
    return;
  }
  if (!json) await sayImportChanges(terminal, client, found, new Set(chosen));
  const total = { created: 0, updated: 0, unchanged: 0 };
  const results = [];
  // One request takes this many, and each is all or nothing.
  for (let from = 0; from < chosen.length; from += maxOperations) {
    const operations = chosen.slice(from, from + maxOperations);
    const result = await client.imports.createTools({
      id: found.id,
      operations,
      ...(auth && { auth }),
      ...(baseUrl !== undefined && { baseUrl }),
    });
    results.push(result);
    total.created += result.created;
    total.updated += result.updated;
    total.unchanged += result.unchanged;
  }
  if (json) return terminal.sayJson({ ...total, toolIds: results.flatMap(({ toolIds }) => toolIds) });
  terminal.say(
    `${counted(total.created, 'tool')} created, ${total.updated} changed, ${total.unchanged} as they were.`,
  );
  const toolIds = results.flatMap((result) => result.toolIds);
  for (const id of toolIds.slice(0, maxNamed)) terminal.say(`  ${(await client.tools.get({ id })).name}`);
  if (toolIds.length > maxNamed) terminal.say(`  and ${toolIds.length - maxNamed} more`);
  sayAuth(terminal, found, auth !== undefined);
}

const maxOperations = 500;
/** A tool whose name was taken has another one than the document. */
const maxNamed = 20;

async function documentIn(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read. ${errorMessage(error)}`);
  });
}

function sayFound(terminal: Terminal, { title, format, operations }: Found): void {
  terminal.say(`${plain(title)} (${format}): ${operations.length} operations`);
  terminal.sayTable(
    ['KEY', 'TOOL', 'STATE', 'TITLE'],
    operations.map(({ key, name, supported, state, title, reason }) => [
      key,
      name,
      supported ? state : 'not supported',
      supported ? title : (reason ?? title),
    ]),
  );
}

/** What is left to do about the auth of the connector. */
function sayAuth(terminal: Terminal, { connector }: Found, given: boolean): void {
  if (connector === null) return;
  if (connector.id !== null) {
    if (given) terminal.say(`The connector ${connector.name} was there already: its auth stays as it was.`);
    return;
  }
  const { type } = connector.auth;
  if (!given && typeof type === 'string' && type !== 'none')
    terminal.say(
      `The document asks for auth of the kind ${type}. The connector ${connector.name} has none yet: its page takes it, and so does --credential or --auth of an import.`,
    );
}

/** The auth of the connector; undefined: what the document says. */
async function readAuth(
  terminal: Terminal,
  client: InterlockClient,
  { auth, credential }: ImportOptions,
): Promise<Record<string, unknown> | undefined> {
  if (auth !== undefined && credential !== undefined)
    throw new UsageError('Say either --auth or --credential.');
  if (auth !== undefined) return readObject(terminal, auth, 'The auth');
  return credential === undefined ? undefined : authWith(client, credential);
}

/** A credential of the vault, and how it is sent. */
async function authWith(client: InterlockClient, named: string): Promise<Record<string, unknown>> {
  const { id, type, auth } = isUuid(named)
    ? await client.credentials.get({ id: named })
    : await credentialNamed(client, named);
  const { hasSecret: _shown, ...sent } = auth ?? { hasSecret: true };
  return { ...sent, type, credentialId: id };
}

/** @throws when there is none, or more than one */
async function credentialNamed(client: InterlockClient, name: string): Promise<Credential> {
  const found: Credential[] = [];
  for await (const each of client.credentials.list.all({ q: name })) if (each.name === name) found.push(each);
  const [first] = found;
  if (!first) throw new Error(`There is no credential ${name}. Nothing was imported.`);
  if (found.length === 1) return first;
  const ids = found.map(({ id }) => id).join(', ');
  throw new Error(
    `${found.length} credentials are called ${name}: say one by its id (${ids}). Nothing was imported.`,
  );
}
