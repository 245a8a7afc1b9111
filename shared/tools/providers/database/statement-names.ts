import type { JsonObject } from '../../../platform/json.ts';
import type { DatabaseEngine } from '../../database/engines.ts';
import { mongoNames } from './mongo-operation.ts';
import { sqlNames } from './sql-statement.ts';

/** The inputs that a statement uses, each once. */
export function statementNames(config: { engine: DatabaseEngine; statement: unknown }): string[] {
  const { engine, statement } = config;
  if (engine === 'mongodb') return mongoNames((statement ?? '') as string | JsonObject);
  return typeof statement === 'string' ? sqlNames(statement, engine) : [];
}
