import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { connect } from './connection.ts';
import { sayImportChanges } from './import-changes.ts';
import { exitCodes, type JsonOption, plain, say, sayJson, sayTable, UsageError } from './output.ts';

export function importCommand(): Command {
  return new Command('import')
    .description(
      'Makes tools of the operations of a document: OpenAPI, Swagger, Postman, GraphQL, WSDL, .proto, MCP',
    )
    .argument('<source>', 'a file, or a URL that Interlock fetches')
    .option('--operation <key...>', 'the operations that become tools; left out, they are listed')
    .option('--all', 'all that can become tools')
    .option('--connector <name>', 'of the connector; left out, it is made of the title')
    .option('--base-url <url>', 'where the tools call, instead of what the document says')
    .option('--json', 'as JSON')
    .action(importFrom);
}

interface ImportOptions extends JsonOption {
  operation?: string[];
  all?: boolean;
  connector?: string;
  baseUrl?: string;
}

async function importFrom(source: string, options: ImportOptions): Promise<void> {
  const { operation, all, connector, baseUrl, json } = options;
  if (all && operation) throw new UsageError('Say either --all or --operation.');
  const client = await connect();
  const found = await client.imports.create({
    ...(/^(https?|grpc):\/\//.test(source) ? { url: source } : { document: await documentIn(source) }),
    ...(connector !== undefined && { connectorName: connector }),
  });
  const chosen = all
    ? found.operations.flatMap(({ key, supported }) => (supported ? [key] : []))
    : (operation ?? []);
  if (chosen.length === 0) {
    if (json) return sayJson(found);
    say(`${plain(found.title)} (${found.format}): ${found.operations.length} operations`);
    sayTable(
      ['KEY', 'TOOL', 'STATE', 'TITLE'],
      found.operations.map(({ key, name, supported, state, title, reason }) => [
        key,
        name,
        supported ? state : 'not supported',
        supported ? title : (reason ?? title),
      ]),
    );
    await sayImportChanges(client, found, null);
    if (all) process.exitCode = exitCodes.error;
    else say('Nothing was imported. Choose with --operation KEY, or take them with --all.');
    return;
  }
  if (!json) await sayImportChanges(client, found, new Set(chosen));
  const total = { created: 0, updated: 0, unchanged: 0 };
  const results = [];
  // One request takes this many, and each is all or nothing.
  for (let from = 0; from < chosen.length; from += maxOperations) {
    const operations = chosen.slice(from, from + maxOperations);
    const result = await client.imports.createTools({
      id: found.id,
      operations,
      ...(baseUrl !== undefined && { baseUrl }),
    });
    results.push(result);
    total.created += result.created;
    total.updated += result.updated;
    total.unchanged += result.unchanged;
  }
  if (json) return sayJson({ ...total, toolIds: results.flatMap(({ toolIds }) => toolIds) });
  const words = total.created === 1 ? '1 tool' : `${total.created} tools`;
  say(`${words} created, ${total.updated} changed, ${total.unchanged} as they were.`);
}

const maxOperations = 500;

async function documentIn(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read. ${errorMessage(error)}`);
  });
}
