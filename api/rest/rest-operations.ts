import { z } from 'zod';
import type { Permission } from '../../shared/identity/roles.ts';
import { appRouter } from '../router.ts';
import type { RestMeta } from '../trpc.ts';

/** A procedure that REST offers. */
export interface RestOperation {
  /** The procedure's path, such as `tools.list`. */
  name: string;
  permission: Permission;
  rest: RestMeta;
  pathParameters: string[];
  input: z.ZodObject | null;
  output: z.ZodType | null;
}

interface ProcedureDefinition {
  _def: { meta?: { permission?: Permission; rest?: RestMeta }; inputs: unknown[]; output?: unknown };
}

/** Every procedure that has a REST route, read from the router. */
export const restOperations: RestOperation[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, ProcedureDefinition>,
).flatMap(([name, { _def }]) => {
  const { rest, permission } = _def.meta ?? {};
  if (!rest || !permission) return [];
  const input = _def.inputs[0];
  if (input !== undefined && !(input instanceof z.ZodObject)) {
    throw new Error(`${name}: the input of a procedure with a REST route must be a z.object`);
  }
  return [
    {
      name,
      permission,
      rest,
      pathParameters: [...rest.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!),
      input: input ?? null,
      output: _def.output instanceof z.ZodType ? _def.output : null,
    },
  ];
});

/** @param name such as `audit.list` */
export function operationNamed(name: string): RestOperation {
  const operation = restOperations.find((each) => each.name === name);
  if (!operation) throw new Error(`REST operation not found: ${name}`);
  return operation;
}
