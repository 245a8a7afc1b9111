#!/usr/bin/env node
import { interlock } from './interlock.ts';

// `npx interlock …`
const { env, stdin, stdout, stderr } = process;
// Whoever reads a part, such as `head`, closes the rest.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
process.exitCode = await interlock(process.argv.slice(2), { env, stdin, stdout, stderr });
