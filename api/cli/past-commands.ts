import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { InterlockClient } from '../../shared/client/interlock-client.ts';
import { maxReplayed, replayedByDefault, replayVerdicts } from '../../shared/executions/replay-schemas.ts';
import { readYaml } from '../../shared/files/server/yaml-files.ts';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { isUuid } from '../../shared/platform/ids.ts';
import { readJson } from '../../shared/platform/read-json.ts';
import { isObject } from '../../shared/platform/schema-properties.ts';
import {
  backtestedByDefault,
  backtestVerdicts,
  maxBacktested,
} from '../../shared/playbooks/backtest-schemas.ts';
import { connect } from './connection.ts';
import { exitCodes, type JsonOption, UsageError } from './output.ts';
import type { Terminal } from './terminal.ts';
import { toolId } from './tools-command.ts';

const exits =
  '\nNothing is called and nothing is changed. Exits with 0 when nothing would break, with 1 when something would, and with 64 when the command is used wrongly.';

export function pastCommands(terminal: Terminal): Command[] {
  return [
    new Command('replay')
      .description('Tries a version or a file of a tool on its past executions and their recorded responses')
      .argument('<tool>', 'its name or id')
      .option('--version <number>', 'a version of it; left out: the current one')
      .option('--file <file>', 'a definition, as YAML or JSON')
      .option('--last <number>', 'so many executions, the newest ones', String(replayedByDefault))
      .option('--json', 'prints the report as JSON')
      .addHelpText('after', exits)
      .action((tool: string, options: ReplayOptions) => replay(terminal, tool, options)),
    new Command('backtest')
      .description('Compares the path that a playbook would take on past cases with what happened')
      .argument('<playbook>', 'its name or id')
      .option('--version <number>', 'a version of it; left out: its draft, else the published one')
      .option('--file <file>', 'a definition, as YAML or JSON')
      .option('--from <time>', 'cases that began then or later')
      .option('--to <time>', 'cases that began before')
      .option('--last <number>', 'so many cases, the newest ones', String(backtestedByDefault))
      .option('--json', 'prints the report as JSON')
      .addHelpText('after', exits)
      .action((playbook: string, options: BacktestOptions) => backtest(terminal, playbook, options)),
  ];
}

interface TriedOptions extends JsonOption {
  version?: string;
  file?: string;
  last: string;
}
type ReplayOptions = TriedOptions;
interface BacktestOptions extends TriedOptions {
  from?: string;
  to?: string;
}

async function replay(terminal: Terminal, tool: string, options: ReplayOptions): Promise<void> {
  const last = numberOf(options.last, '--last', maxReplayed);
  const tried = await triedOf(options);
  const client = await connect(terminal);
  if (tried.definition) tried.definition = await inIds(client, tried.definition);
  const report = await client.tools.replay({ id: await toolId(client, tool), ...tried, last });
  if (options.json) terminal.sayJson(report);
  else {
    terminal.sayTable(
      ['EXECUTION', 'VERSION', 'VERDICT', 'WHY'],
      report.items.map(({ executionId, toolVersion, verdict, reason, request, output }) => [
        executionId,
        `v${toolVersion}`,
        verdict,
        reason ?? [request && 'another request', output && 'another output'].filter(Boolean).join(', '),
      ]),
    );
    sayCounts(terminal, replayVerdicts, report.counts);
  }
  if (report.counts.would_break > 0) terminal.exitCode = exitCodes.error;
}

async function backtest(terminal: Terminal, playbook: string, options: BacktestOptions): Promise<void> {
  const limit = numberOf(options.last, '--last', maxBacktested);
  const { from, to } = options;
  const tried = await triedOf(options);
  const client = await connect(terminal);
  const id = await playbookId(client, playbook);
  const report = await client.playbooks.backtest({
    id,
    ...tried,
    limit,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  });
  if (options.json) terminal.sayJson(report);
  else {
    terminal.sayTable(
      ['CASE', 'RUN', 'VERDICT', 'WHY'],
      report.items.map(({ exception, runId, verdict, reason }) => [
        exception ? `EX-${exception.number}` : '-',
        runId ?? '-',
        verdict,
        reason ?? '',
      ]),
    );
    sayCounts(terminal, backtestVerdicts, report.counts);
  }
  if (report.counts.would_break > 0) terminal.exitCode = exitCodes.error;
}

function sayCounts<Verdict extends string>(
  terminal: Terminal,
  verdicts: readonly Verdict[],
  counts: Record<Verdict, number>,
): void {
  terminal.say(verdicts.map((each) => `${each.replaceAll('_', ' ')}: ${counts[each]}`).join(', '));
}

/** @throws UsageError */
function numberOf(text: string, option: string, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > most) throw new UsageError(`${option} is a number from 1 to ${most}.`);
  return number;
}

async function triedOf({
  version,
  file,
}: TriedOptions): Promise<{ version?: number; definition?: Record<string, unknown> }> {
  if (version !== undefined && file !== undefined) throw new UsageError('Say --version or --file, not both.');
  if (version !== undefined) return { version: numberOf(version, '--version', 2_147_483_647) };
  return file === undefined ? {} : { definition: await readDefinition(file) };
}

/** JSON is YAML too. @throws UsageError */
async function readDefinition(file: string): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${file} cannot be read. ${errorMessage(error)}`);
  });
  const [read] = readJson(readYaml([text]).files.text) as (
    | { value: unknown }
    | { problem: string; line: number }
  )[];
  if (read && 'problem' in read) throw new UsageError(`${file}, line ${read.line}: ${read.problem}.`);
  if (!read || !isObject(read.value)) throw new UsageError(`${file} has no definition.`);
  return read.value;
}

/** A file names its connector and its credential; a replay needs no secret. */
async function inIds(
  client: InterlockClient,
  { connector, ...definition }: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { auth, config } = definition;
  if (isObject(auth)) {
    const { credential: _named, ...rest } = auth;
    definition.auth = rest;
  }
  if (typeof connector !== 'string') return definition;
  for await (const { id, name } of client.connectors.list.all({ q: connector }))
    if (name === connector)
      return { ...definition, config: { connectorId: id, ...(isObject(config) ? config : {}) } };
  throw new Error(`There is no connector ${connector}.`);
}

/** @throws when there is no playbook of this name or id */
async function playbookId(client: InterlockClient, playbook: string): Promise<string> {
  if (isUuid(playbook)) return playbook;
  for await (const { id, name } of client.playbooks.list.all({ q: playbook }))
    if (name === playbook) return id;
  throw new Error(`There is no playbook ${playbook}.`);
}
