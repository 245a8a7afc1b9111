import type { DemoTool } from './demo-tool.ts';
import { acmeTools } from './tools-acme.ts';
import { codeTools } from './tools-code.ts';
import { globalTools } from './tools-global.ts';
import { globexTools } from './tools-globex.ts';

/** Tools of both scopes and every state. Those of Temporal only when its HTTP API is known. */
export function demoTools(options: { temporal: boolean }): DemoTool[] {
  return [...acmeTools, ...codeTools, ...globexTools, ...globalTools(options)];
}
