import type { JsonObject, JsonValue } from '../../../../platform/json.ts';
import type { Egress } from '../../../../platform/server/egress/egress.ts';
import type { DatabaseAddress } from '../../../database/database-url.ts';
import type { CallContext } from '../../../server/provider.ts';
import type { DatabaseConfig } from '../config.ts';
import type { Effect } from './effect.ts';

/** One call of a database, on a connection of its own. */
export interface DatabaseCall {
  egress: Egress;
  context: CallContext;
  config: DatabaseConfig;
  address: DatabaseAddress;
  /** Null: the tool has no auth. */
  login: { user: string; password: string } | null;
  /** The rendered statement with its parameters, or the operation. */
  body: JsonObject;
  /** Of one attempt: the server stops the statement after it, should this process be gone. */
  timeoutMs: number;
  effect: Effect;
}

/** The output of a database tool. */
export interface DatabaseOutput {
  rows: JsonValue[];
  /** Of rows that are in the output, or were written. */
  rowCount: number;
  /** Whether there were more rows than `maxRows`. */
  truncated: boolean;
}

/** @throws DatabaseFailure, EgressError */
export type RunDatabase = (call: DatabaseCall) => Promise<DatabaseOutput>;
