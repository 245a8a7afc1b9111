#!/usr/bin/env node
import { Command } from 'commander';
import { auditCommand } from './audit-command.ts';

// `npx interlock …`. Exit codes: 0 done, 1 what was asked for is not so, 2 used wrongly.

const misuse = 2;

const program = new Command('interlock')
  .description('Commands of Interlock that need no server')
  .addCommand(auditCommand())
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : misuse));
for (const command of program.commands.flatMap((each) => [each, ...each.commands]))
  command.copyInheritedSettings(program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = misuse;
}
