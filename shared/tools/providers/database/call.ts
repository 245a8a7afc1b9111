import type { JsonObject } from '../../../platform/json.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import type { Egress } from '../../../platform/server/egress/egress.ts';
import { EgressError } from '../../../platform/server/egress/egress-error.ts';
import { readDatabaseUrl } from '../../database/database-url.ts';
import type { DatabaseEngine } from '../../database/engines.ts';
import type { CallContext, CallResult, Provider } from '../../server/provider.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import type { DatabaseCall, DatabaseOutput, RunDatabase } from './call/database-call.ts';
import { DatabaseFailure, LoginRefused, notConnected } from './call/database-failure.ts';
import { createEffect } from './call/effect.ts';
import { runMongo } from './call/mongodb.ts';
import { runMysql } from './call/mysql.ts';
import { runPostgres } from './call/postgres.ts';
import type { DatabaseTool } from './config.ts';

const engines: Record<DatabaseEngine, RunDatabase> = {
  postgresql: runPostgres,
  mysql: runMysql,
  mongodb: runMongo,
};

/** Runs the statement of a tool on a connection of its own, through the egress guard. */
export function createDatabaseProvider(egress: Egress): Provider<DatabaseTool> {
  return {
    async call(tool, request, context) {
      const { engine, url = '' } = tool.config;
      const address = readDatabaseUrl(url, engine);
      if ('problem' in address) throw new Error('The URL of a tool must be checked before it is called');
      const effect = createEffect(context);
      const run = (secret: string | null): Promise<DatabaseOutput> =>
        engines[engine]({
          egress,
          context,
          address,
          effect,
          config: tool.config,
          login: loginOf(tool, secret),
          body: bodyOf(request),
          timeoutMs: tool.timeoutMs,
        } satisfies DatabaseCall);
      try {
        return { ok: true, output: { ...(await withEither(run, context)) } };
      } catch (error) {
        return failureOf(error, address.host);
      }
    },
  };
}

/** While a rotation overlaps, the database may still have the replaced password. */
async function withEither(
  run: (secret: string | null) => Promise<DatabaseOutput>,
  { secret, previousSecret, onPrevious }: CallContext,
): Promise<DatabaseOutput> {
  try {
    return await run(secret);
  } catch (error) {
    if (previousSecret === null || !(error instanceof LoginRefused)) throw error;
    onPrevious();
    return run(previousSecret);
  }
}

function loginOf({ auth }: DatabaseTool, secret: string | null): DatabaseCall['login'] {
  return auth.type === 'basic' ? { user: auth.username, password: secret ?? '' } : null;
}

const bodyOf = ({ body }: RenderedRequest): JsonObject => (isObject(body) ? (body as JsonObject) : {});

function failureOf(error: unknown, host: string): CallResult {
  if (error instanceof DatabaseFailure) return error.result;
  if (error instanceof EgressError) return notConnected(error, host).result;
  throw error;
}
