import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { InterlockClient } from '../../shared/client/interlock-client.ts';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { isUuid } from '../../shared/platform/ids.ts';
import { connect } from './connection.ts';
import { counted, exitCodes, type JsonOption, plain, UsageError } from './output.ts';
import type { Terminal } from './terminal.ts';
import { readObject } from './tool-input.ts';
import { isLost, LostError } from './tools-command.ts';

type Batch = Awaited<ReturnType<InterlockClient['batches']['get']>>;
type Input = Parameters<InterlockClient['batches']['create']>[0];
type Preview = Awaited<ReturnType<InterlockClient['batches']['check']>>;

export function batchCommand(terminal: Terminal): Command {
  const batch = new Command('batch').description('Many calls as one unit');
  const ofCalls = (command: Command) =>
    command
      .argument('[file]', 'the batch as JSON, as the API takes it; - reads it from the standard input')
      .option('--csv <file>', 'instead: rows with a header line; - reads them from the standard input')
      .option('--tool <tool>', 'the tool that each row is for, by name or id')
      .option(
        '--payload <json>',
        'the input of each row: {"amount": "${{ row.amount }}"}; @file reads it from a file',
      )
      .option('--key <column>', 'what a row is about: the same value is executed once')
      .option('--json', 'as JSON');
  ofCalls(batch.command('check').description('Shows every request of a batch, and executes nothing')).action(
    (file: string | undefined, options: CallOptions) => check(terminal, file, options),
  );
  ofCalls(batch.command('run').description('Shows what a batch would do, asks, and starts it'))
    .option('--title <text>', 'what it is for')
    .option('--exception <id>', 'the exception that it belongs to')
    .option('--concurrency <number>', 'calls at once')
    .option('--per-minute <number>', 'calls that begin in a minute')
    .option('--sample <number>', 'pauses after so many calls')
    .option(
      '--on-failure <policy>',
      'stop (default): after a failure no further call begins; continue: the others do',
    )
    .option('--yes', 'does not show it and ask first')
    .option('--follow', 'waits until it has ended or is paused')
    .option('--idempotency-key <key>', 'a second run with the same key is the first one')
    .addHelpText('after', codesHelp)
    .action((file: string | undefined, options: RunOptions) => run(terminal, file, options));
  batch
    .command('list')
    .description('Lists batches, newest first')
    .option('--limit <number>', 'how many', '20')
    .option('--status <status>', 'running, paused, cancelling, succeeded, failed or cancelled')
    .option('--json', 'as JSON')
    .action((options: ListOptions) => list(terminal, options));
  const ofOne = (name: string, words: string, ask: (client: InterlockClient, id: string) => Promise<Batch>) =>
    batch
      .command(name)
      .description(words)
      .argument('<id>')
      .option('--follow', 'waits until it has ended or is paused')
      .option('--json', 'as JSON')
      .addHelpText('after', codesHelp)
      .action(async (id: string, options: FollowOption) => {
        const client = await connect(terminal);
        await finish(terminal, client, await ask(client, id), options);
      });
  ofOne('show', 'Shows a batch and its calls', (client, id) => client.batches.get({ id }));
  ofOne('pause', 'Begins no further call; those in progress end', (client, id) =>
    client.batches.pause({ id }),
  );
  ofOne('resume', 'Goes on with a paused batch', (client, id) => client.batches.resume({ id }));
  ofOne('cancel', 'Begins no further call, and asks those in progress to end', (client, id) =>
    client.batches.cancel({ id }),
  );
  ofOne('retry-failed', 'Makes the calls again that have not succeeded', (client, id) =>
    client.batches.retryFailed({ id, waitMs: 0 }),
  );
  return batch;
}

const codesHelp =
  '\nWith --follow it exits with 0 when every call that was made succeeded, 3 when the batch failed or was cancelled, 4 when a call may have been done, and 5 when it is paused. Always with 1 when nothing was done, and 64 when the command is used wrongly.';

interface CallOptions extends JsonOption {
  csv?: string;
  tool?: string;
  payload?: string;
  key?: string;
}

interface FollowOption extends JsonOption {
  follow?: boolean;
}

interface RunOptions extends CallOptions, FollowOption {
  title?: string;
  exception?: string;
  concurrency?: string;
  perMinute?: string;
  sample?: string;
  onFailure?: string;
  yes?: boolean;
  idempotencyKey?: string;
}

interface ListOptions extends JsonOption {
  limit: string;
  status?: string;
}

async function check(terminal: Terminal, file: string | undefined, options: CallOptions): Promise<void> {
  const client = await connect(terminal);
  const preview = await client.batches.check(await readCalls(terminal, file, options));
  if (options.json) return terminal.sayJson(preview);
  for (const line of previewLines(preview)) terminal.say(line);
}

async function run(terminal: Terminal, file: string | undefined, options: RunOptions): Promise<void> {
  const { yes, json, follow } = options;
  // The calls may be the standard input, which then asks no one.
  const reads = file === '-' || options.csv === '-';
  if (!yes && (reads || !terminal.hasPerson))
    throw new UsageError('Nobody can be asked here. Nothing was started. Say --yes to start it without.');
  const input = { ...(await readCalls(terminal, file, options)), ...settingsOf(options) };
  const client = await connect(terminal);
  const preview = yes ? null : await client.batches.check(input);
  if (preview) {
    for (const line of previewLines(preview)) terminal.note(line);
    if (!(await terminal.askYes('Start it?'))) throw new Error('Nothing was started.');
  }
  // One key for all tries of this run: a lost response starts nothing twice.
  const idempotencyKey = options.idempotencyKey ?? crypto.randomUUID();
  const started = await client.batches
    .create({ ...input, idempotencyKey, waitMs: 0, ...(preview && { previewDigest: preview.digest }) })
    .catch((error: unknown) => {
      throw isLost(error) ? new LostError(idempotencyKey, { cause: error }) : error;
    });
  await finish(terminal, client, started, { ...(json && { json }), ...(follow && { follow }) });
}

/** @throws UsageError */
async function readCalls(
  terminal: Terminal,
  file: string | undefined,
  { csv, tool, payload, key }: CallOptions,
): Promise<Input> {
  if ((file === undefined) === (csv === undefined))
    throw new UsageError('Name a file with the batch, or one with rows by --csv. Nothing was started.');
  if (file !== undefined) {
    if (tool ?? payload ?? key) throw new UsageError('--tool, --payload and --key are for --csv.');
    // The API checks it.
    return (await readObject(terminal, file === '-' ? '-' : `@${file}`, file)) as Input;
  }
  if (tool === undefined) throw new UsageError('Say by --tool which tool the rows are for.');
  const text = csv === '-' ? await terminal.readAll() : await textOf(csv!);
  return {
    forEach: {
      ...(isUuid(tool) ? { toolId: tool } : { tool }),
      csv: text,
      ...(payload !== undefined && { payload: await readObject(terminal, payload, 'The payload') }),
      ...(key !== undefined && { key }),
    },
  } as Input;
}

const textOf = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read. ${errorMessage(error)}`);
  });

/** What options say; it comes before what a file says. */
function settingsOf({
  title,
  exception: exceptionId,
  concurrency,
  perMinute,
  sample,
  onFailure,
}: RunOptions): Record<string, unknown> {
  const given = {
    title,
    exceptionId,
    onFailure,
    concurrency: numberOf(concurrency, 'concurrency'),
    perMinute: numberOf(perMinute, 'per-minute'),
    sample: numberOf(sample, 'sample'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function numberOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UsageError(`--${option} needs a whole number above zero, not ${text}.`);
}

function previewLines({ calls, counts }: Preview): string[] {
  const lines = calls.map(({ id, toolName, preview, needs }) =>
    preview
      ? `${id}  ${toolName}  ${preview.request.method} ${preview.request.url} ${bodyOf(preview.request.body)}`
      : `${id}  ${toolName}  known when ${needs.join(', ') || 'it begins'} ended`,
  );
  const more = [
    ...(counts.approvals > 0 ? [`${counts.approvals} of them after an approval`] : []),
    ...(counts.later > 0 ? [`${counts.later} known later`] : []),
  ];
  return [...lines.map(plain), `${[counted(counts.total, 'call'), ...more].join(', ')}. Nothing was sent.`];
}

const bodyOf = (body: unknown): string => (body === undefined ? '' : JSON.stringify(body).slice(0, 400));

async function list(terminal: Terminal, { limit, status, json }: ListOptions): Promise<void> {
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1) throw new UsageError(`${limit} is no number of batches.`);
  const client = await connect(terminal);
  const found = [];
  const filter = status === undefined ? {} : { status: status as Batch['status'] };
  for await (const each of client.batches.list.all(filter)) {
    found.push(each);
    if (found.length === count) break;
  }
  if (json) return terminal.sayJson(found);
  terminal.sayTable(
    ['ID', 'CREATED', 'STATUS', 'CALLS', 'TITLE'],
    found.map(({ id, createdAt, status, counts, title }) => [
      id,
      createdAt,
      status,
      `${counts.succeeded}/${counts.total}`,
      title,
    ]),
  );
}

const lookMs = 1_000;
const isAtWork = ({ status }: Batch): boolean => status === 'running' || status === 'cancelling';

/** Shows a batch: as it is, or with `follow` when it no longer moves. */
async function finish(
  terminal: Terminal,
  client: InterlockClient,
  batch: Batch,
  { follow, json }: FollowOption,
): Promise<void> {
  let now = batch;
  let said = '';
  while (follow && isAtWork(now)) {
    const words = progressOf(now);
    if (words !== said) terminal.note(words);
    said = words;
    await pause(lookMs);
    now = await client.batches.get({ id: batch.id });
  }
  if (json) terminal.sayJson(now);
  else sayBatch(terminal, now);
  if (follow) terminal.exitCode = exitCodeOf(now);
}

function exitCodeOf({ status, calls }: Batch): number {
  if (status === 'succeeded') return exitCodes.done;
  if (status === 'paused') return exitCodes.open;
  return calls.some(({ failure }) => failure?.code === 'outcome_unknown')
    ? exitCodes.unknown
    : exitCodes.failed;
}

function progressOf({ status, counts }: Batch): string {
  const { total, succeeded, failed, waiting } = counts;
  const more = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(waiting > 0 ? [`${waiting} waiting for approval`] : []),
  ];
  return [`${status}: ${succeeded} of ${counted(total, 'call')} succeeded`, ...more].join(', ');
}

function sayBatch(terminal: Terminal, batch: Batch): void {
  terminal.say(plain(`${batch.title}: ${progressOf(batch)} (${batch.id})`));
  if (batch.reason) terminal.say(plain(batch.reason));
  terminal.sayTable(
    ['CALL', 'TOOL', 'STATUS', 'EXECUTION', ''],
    batch.calls.map(({ id, toolName, status, executionId, failure, reason }) => [
      id,
      toolName,
      status,
      executionId ?? '',
      failure?.message ?? reason ?? '',
    ]),
  );
}
