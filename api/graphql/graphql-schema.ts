import { buildSchema, type GraphQLSchema, isObjectType } from 'graphql';
import type { SchemaPart } from './part.ts';
import { batchesPart } from './types/batches.ts';
import { commonPart } from './types/common.ts';
import { definitionsPart } from './types/definitions.ts';
import { eventsPart } from './types/events.ts';
import { exceptionsPart } from './types/exceptions.ts';
import { executionsPart } from './types/executions.ts';
import { livePart } from './types/live.ts';
import { runsPart } from './types/runs.ts';

const parts: SchemaPart[] = [
  commonPart,
  exceptionsPart,
  runsPart,
  executionsPart,
  eventsPart,
  definitionsPart,
  batchesPart,
  livePart,
];

/** Everything that can be read. There is no mutation. */
export function graphqlSchema(): GraphQLSchema {
  const schema = buildSchema(parts.map(({ sdl }) => sdl).join('\n'));
  for (const { resolvers, streams = {} } of parts) {
    for (const [type, fields] of Object.entries(resolvers))
      for (const [name, resolve] of Object.entries(fields)) fieldOf(schema, type, name).resolve = resolve;
    for (const [name, subscribe] of Object.entries(streams))
      fieldOf(schema, 'Subscription', name).subscribe = subscribe;
  }
  return schema;
}

function fieldOf(schema: GraphQLSchema, typeName: string, name: string) {
  const type = schema.getType(typeName);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  if (!field) throw new Error(`The schema has no ${typeName}.${name}.`);
  return field;
}
