import { Command } from 'commander';
import { InterlockApiError, type InterlockClient } from '../../shared/client/interlock-client.ts';
import { isUuid } from '../../shared/platform/ids.ts';
import { isObject } from '../../shared/platform/schema-properties.ts';
import { connect } from './connection.ts';
import { exitCodeOf, follow, sayOutcome } from './execution-words.ts';
import { type JsonOption, plain, UsageError } from './output.ts';
import type { Terminal } from './terminal.ts';
import { type InputOptions, readInput } from './tool-input.ts';

export function toolsCommand(terminal: Terminal): Command {
  const tools = new Command('tools').description('The tools of the organization');
  tools
    .command('list')
    .description('Lists tools')
    .option('--search <text>', 'only those with this text')
    .option('--json', 'as JSON')
    .action((options: ListOptions) => list(terminal, options));
  tools
    .command('get')
    .description('Shows a tool')
    .argument('<tool>', 'its name or id')
    .option('--json', 'as JSON')
    .action((tool: string, options: JsonOption) => get(terminal, tool, options));
  tools
    .command('run')
    .description('Executes a tool, and waits for the outcome')
    .argument('<tool>', 'its name or id')
    .option('--input <key=value...>', 'a field of the input')
    .option('--payload <json>', 'the input as JSON; - reads it from the standard input, @file from a file')
    .option('--yes', 'does not show the request and ask first')
    .option('--exception <id>', 'the exception that it belongs to')
    .option('--idempotency-key <key>', 'a second run with the same key is the first one')
    .option('--json', 'prints the execution as JSON')
    .addHelpText(
      'after',
      '\nExits with 0 when it succeeded, 3 when it failed, 4 when it may have been done, 5 when it waits for an approval, 1 when nothing was executed, and 64 when the command is used wrongly.',
    )
    .action((tool: string, options: RunOptions) => run(terminal, tool, options));
  return tools;
}

interface ListOptions extends JsonOption {
  search?: string;
}

async function list(terminal: Terminal, { search, json }: ListOptions): Promise<void> {
  const client = await connect(terminal);
  const found = [];
  for await (const each of client.tools.list.all(search === undefined ? {} : { q: search })) found.push(each);
  if (json) return terminal.sayJson(found);
  terminal.sayTable(
    ['NAME', 'TYPE', 'SCOPE', 'ENABLED', 'TITLE'],
    found.map(({ name, type, scope, enabled, title }) => [name, type, scope, enabled ? 'yes' : 'no', title]),
  );
}

async function get(terminal: Terminal, tool: string, { json }: JsonOption): Promise<void> {
  const client = await connect(terminal);
  const found = await client.tools.get({ id: await toolId(client, tool) });
  if (json) return terminal.sayJson(found);
  const { name, title, description, type, version, enabled, inputSchema } = found;
  terminal.say(`${name}: ${title ?? name}`);
  if (description) terminal.say(description);
  terminal.say(`type ${type}, version ${version}, ${enabled ? 'enabled' : 'disabled'}`);
  terminal.say();
  terminal.say('Input:');
  for (const line of inputLines(inputSchema)) terminal.say(line);
}

/** The fields of an input, a line each. */
function inputLines(schema: unknown): string[] {
  const properties = isObject(schema) && isObject(schema.properties) ? Object.entries(schema.properties) : [];
  const required = isObject(schema) && Array.isArray(schema.required) ? schema.required : [];
  if (properties.length === 0) return [`  ${JSON.stringify(schema)}`];
  return properties.map(([name, field]) => {
    const { type, enum: values, title, description, examples } = isObject(field) ? field : {};
    const kind = Array.isArray(values) ? values.map(String).join('|') : [type ?? 'any'].flat().join('|');
    const words = [title, description].flatMap((each) =>
      typeof each === 'string' && each !== '' ? `${each.replace(/\.$/, '')}.` : [],
    );
    const example =
      Array.isArray(examples) && examples.length > 0 ? ` Such as ${JSON.stringify(examples[0])}.` : '';
    return plain(
      `  ${name} (${kind}${required.includes(name) ? ', required' : ''}) ${words.join(' ')}${example}`,
    );
  });
}

/** @throws when there is no tool of this name or id */
export async function toolId(client: InterlockClient, tool: string): Promise<string> {
  if (isUuid(tool)) return tool;
  for await (const { id, name } of client.tools.list.all({ q: tool })) if (name === tool) return id;
  throw new Error(`There is no tool ${tool}. \`interlock tools list\` shows those there are.`);
}

/** Every try ended without a response of Interlock. */
export const isLost = (error: unknown): boolean =>
  error instanceof InterlockApiError && (error.code === 'unreachable' || error.code === 'unexpected');

/** The execution may have begun. */
export class LostError extends Error {
  constructor(idempotencyKey: string, options: ErrorOptions) {
    super(
      `There was no response: it may have been executed. To find out, run it again with --idempotency-key ${idempotencyKey}: it is not executed twice.`,
      options,
    );
  }
}

interface RunOptions extends JsonOption, InputOptions {
  yes?: boolean;
  exception?: string;
  idempotencyKey?: string;
}

async function run(terminal: Terminal, tool: string, options: RunOptions): Promise<void> {
  const { yes, exception: exceptionId, json } = options;
  // The input may be the standard input, which then asks no one.
  if (!yes && !(terminal.hasPerson && options.payload !== '-'))
    throw new UsageError('Nobody can be asked here. Nothing was executed. Say --yes to execute it without.');
  const client = await connect(terminal);
  const id = await toolId(client, tool);
  const { inputSchema } = await client.tools.get({ id });
  const payload = await readInput(terminal, options, inputSchema);
  const preview = yes ? null : await client.tools.preview({ id, payload });
  if (preview) {
    const { request, credential, repeatPolicy, policy, warnings } = preview;
    terminal.note(`${request.method} ${request.url}`);
    terminal.note(JSON.stringify(request.body ?? null, null, 2));
    terminal.note(`credential: ${credential?.name ?? 'none'}. ${repeatPolicy}. Policies: ${policy.effect}.`);
    for (const { message } of warnings) terminal.note(message);
    if (!(await terminal.askYes('Send this?'))) throw new Error('Nothing was sent.');
  }
  // One key for all tries of this run: a lost response executes nothing twice.
  const idempotencyKey = options.idempotencyKey ?? crypto.randomUUID();
  const started = await client.tools
    .execute({
      id,
      payload,
      idempotencyKey,
      ...(preview && { previewDigest: preview.digest }),
      ...(exceptionId !== undefined && { exceptionId }),
    })
    .catch((error: unknown) => {
      throw isLost(error) ? new LostError(idempotencyKey, { cause: error }) : error;
    });
  const ended = await follow(client, started.id, () => {}, { throughApproval: false });
  if (json) terminal.sayJson(ended);
  else sayOutcome(terminal, ended);
  terminal.exitCode = exitCodeOf(ended);
}
