import type { JsonValue } from '../../shared/platform/json.ts';
import type { Egress } from '../../shared/platform/server/egress/egress.ts';
import { createDatabaseProvider } from '../../shared/tools/providers/database/call.ts';
import type { DatabaseTool } from '../../shared/tools/providers/database/config.ts';
import { databaseProvider } from '../../shared/tools/providers/database/definition.ts';
import type { CallContext, CallResult } from '../../shared/tools/server/provider.ts';

export interface DatabaseCallOptions extends Partial<CallContext> {
  config?: Record<string, unknown>;
  tool?: Record<string, unknown>;
  input?: Record<string, JsonValue>;
  timeoutMs?: number;
}

export type CalledDatabase = CallResult & {
  /** How often `onSent` was called. */
  begun: number;
  previousUsed: boolean;
};

/** Renders and calls a database tool as an execution does. */
export function databaseCaller(
  egress: Egress,
  base: { engine: string; url: string; user?: string; password?: string; privateHosts: string[] },
) {
  const provider = createDatabaseProvider(egress);
  return async (
    statement: DatabaseTool['config']['statement'],
    { config, tool, input = {}, timeoutMs = 30_000, ...context }: DatabaseCallOptions = {},
  ): Promise<CalledDatabase> => {
    const definition = databaseProvider.schema.parse({
      name: 'some_tool',
      type: 'database',
      timeoutMs,
      deadlineMs: 120_000,
      auth: base.user ? { type: 'basic', username: base.user } : { type: 'none' },
      config: { engine: base.engine, url: base.url, statement, ...config },
      ...tool,
    });
    let begun = 0;
    let previousUsed = false;
    const result = await provider.call(definition, databaseProvider.render(definition, input), {
      tenantId: 't1',
      executionId: 'e1',
      attempt: 1,
      idempotencyKey: null,
      signal: AbortSignal.timeout(timeoutMs),
      secret: base.password ?? null,
      previousSecret: null,
      onPrevious: () => {
        previousUsed = true;
      },
      refusesTarget: () => null,
      privateHosts: base.privateHosts,
      allowedHosts: null,
      caller: { type: 'tool', id: 'tool-1' },
      maySend: () => true,
      onSent: () => {
        begun += 1;
      },
      onSecret: () => {},
      heartbeat: () => {},
      ...context,
    });
    return { ...result, begun, previousUsed };
  };
}

/** The output of a call that has succeeded. */
export function outputOf(result: CallResult): {
  rows: Record<string, JsonValue>[];
  rowCount: number;
  truncated: boolean;
} {
  if (!result.ok) throw new Error(`${result.message} ${JSON.stringify(result.raw ?? '')}`);
  return JSON.parse(JSON.stringify(result.output));
}

/** The output as the text that is stored: numbers with their digits. */
export function outputText(result: CallResult): string {
  if (!result.ok) throw new Error(`${result.message} ${JSON.stringify(result.raw ?? '')}`);
  return JSON.stringify(result.output);
}
