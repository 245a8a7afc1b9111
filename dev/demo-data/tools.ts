import type { DemoUrls } from './connectors.ts';
import type { DemoTool } from './demo-tool.ts';
import { acmeTools } from './tools-acme.ts';
import { codeTools } from './tools-code.ts';
import { globalTools } from './tools-global.ts';
import { globexTools } from './tools-globex.ts';
import { mailTools } from './tools-mail.ts';
import { wireTools } from './tools-wire.ts';

/** Tools of both scopes and every state. Those of Temporal only when its HTTP API is known. */
export function demoTools({ demo, mail, temporalHttp }: DemoUrls): DemoTool[] {
  return [
    ...acmeTools,
    ...mailTools({ demo, mail: mail !== null }),
    ...codeTools,
    ...globexTools,
    ...wireTools,
    ...globalTools({ temporal: temporalHttp !== null }),
  ];
}
