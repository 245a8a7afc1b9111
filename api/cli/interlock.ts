import { Command, CommanderError } from 'commander';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { auditCommand } from './audit-command.ts';
import { batchCommand } from './batch-command.ts';
import { eventsCommand } from './events-command.ts';
import { executionsCommand } from './executions-command.ts';
import { filesCommands } from './files-commands.ts';
import { importCommand } from './import-command.ts';
import { loginCommand } from './login-command.ts';
import { errorLines, exitCodes, UsageError } from './output.ts';
import { pastCommands } from './past-commands.ts';
import { schedulesCommand } from './schedules-command.ts';
import { type Streams, Terminal } from './terminal.ts';
import { LostError, toolsCommand } from './tools-command.ts';

/**
 * One use of the command line.
 * @param args without the program: `['tools', 'list']`
 * @returns the exit code, see `output.ts`; of `audit`: 0 done, 1 what was asked for is not so, 2 used wrongly
 */
export async function interlock(args: readonly string[], streams: Streams): Promise<number> {
  const terminal = new Terminal(streams);
  const isAudit = args[0] === 'audit';
  const misuse = isAudit ? 2 : exitCodes.usage;
  try {
    await programOn(terminal).parseAsync(args, { from: 'user' });
    return terminal.exitCode;
  } catch (error) {
    // It has been said already: help, or what the command does not have.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : misuse;
    for (const line of isAudit ? [errorMessage(error)] : errorLines(error)) terminal.note(line);
    if (isAudit || error instanceof UsageError) return misuse;
    return error instanceof LostError ? exitCodes.unknown : exitCodes.error;
  }
}

function programOn(terminal: Terminal): Command {
  const program = new Command('interlock').description('The command line of Interlock');
  const commands = [
    loginCommand(terminal),
    toolsCommand(terminal),
    executionsCommand(terminal),
    batchCommand(terminal),
    ...filesCommands(terminal),
    schedulesCommand(terminal),
    importCommand(terminal),
    ...pastCommands(terminal),
    eventsCommand(terminal),
    auditCommand(terminal),
  ];
  for (const each of commands) program.addCommand(each);
  const { stdout, stderr } = terminal.streams;
  program.exitOverride().configureOutput({
    writeOut: (text) => stdout.write(text),
    writeErr: (text) => stderr.write(text),
  });
  for (const command of program.commands.flatMap((each) => [each, ...each.commands]))
    command.copyInheritedSettings(program);
  return program;
}
