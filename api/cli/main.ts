#!/usr/bin/env node
import { Command, type CommanderError } from 'commander';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { auditCommand } from './audit-command.ts';
import { eventsCommand } from './events-command.ts';
import { executionsCommand } from './executions-command.ts';
import { filesCommands } from './files-commands.ts';
import { importCommand } from './import-command.ts';
import { loginCommand } from './login-command.ts';
import { errorLines, exitCodes, UsageError } from './output.ts';
import { LostError, toolsCommand } from './tools-command.ts';

// `npx interlock …`. Exit codes: `output.ts`; of `audit`: 0 done, 1 what was asked for is not so, 2 used wrongly.

const isAudit = process.argv[2] === 'audit';
const misuse = isAudit ? 2 : exitCodes.usage;

const program = new Command('interlock').description('The command line of Interlock');
const commands = [
  loginCommand(),
  toolsCommand(),
  executionsCommand(),
  ...filesCommands(),
  importCommand(),
  eventsCommand(),
  auditCommand(),
];
for (const each of commands) program.addCommand(each);
program.exitOverride((error: CommanderError) => process.exit(error.exitCode === 0 ? 0 : misuse));
for (const command of program.commands.flatMap((each) => [each, ...each.commands]))
  command.copyInheritedSettings(program);

function exitCodeFor(error: unknown): number {
  return error instanceof LostError ? exitCodes.unknown : exitCodes.error;
}

try {
  await program.parseAsync();
} catch (error) {
  const lines = isAudit ? [errorMessage(error)] : errorLines(error);
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exitCode = isAudit || error instanceof UsageError ? misuse : exitCodeFor(error);
}
