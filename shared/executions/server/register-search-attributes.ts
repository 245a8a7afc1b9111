import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, type OperatorService, ServiceError } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { errorMessage } from '../../platform/error-message.ts';
import { searchAttributes } from '../execution-contract.ts';

/** The names that the CLI takes, and the numbers on the wire. */
const attributeTypes: Record<SearchAttributeType, { name: string; wire: number }> = {
  TEXT: { name: 'Text', wire: 1 },
  KEYWORD: { name: 'Keyword', wire: 2 },
  INT: { name: 'Int', wire: 3 },
  DOUBLE: { name: 'Double', wire: 4 },
  BOOL: { name: 'Bool', wire: 5 },
  DATETIME: { name: 'Datetime', wire: 6 },
  KEYWORD_LIST: { name: 'KeywordList', wire: 7 },
};

/** Our search attributes as the CLI takes them: `{TenantId: 'Keyword'}`. */
export const searchAttributeFlags: Record<string, string> = Object.fromEntries(
  Object.values(searchAttributes).map((key) => [key.name, attributeTypes[key.type].name]),
);

/** gRPC: DEADLINE_EXCEEDED, NOT_FOUND (a namespace that is being created), UNAVAILABLE. */
const temporary = new Set([4, 5, 14]);

/**
 * Registers the search attributes that a namespace lacks: without them none of our workflows starts. Waits for a server
 * or namespace that is not ready; if registering is not allowed (Temporal Cloud), logs what has to exist.
 */
export async function registerSearchAttributes(
  operatorService: OperatorService,
  namespace: string,
  log: (line: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const added = await addMissing(operatorService, namespace);
      if (added.length > 0) log(`Registered in Temporal: ${added.join(', ')}.`);
      return;
    } catch (error) {
      signal?.throwIfAborted();
      const why = errorMessage(error);
      if (!isGrpcServiceError(error) || !temporary.has(Number(error.code))) {
        const wanted = Object.entries(searchAttributeFlags).map(([name, type]) => `${name} (${type})`);
        return log(`Could not register search attributes (${why}). These must exist: ${wanted.join(', ')}.`);
      }
      log(`Namespace ${namespace} is not ready (${why}); retrying.`);
      await sleep(Math.min(250 * 2 ** attempt, 5_000), undefined, { signal });
    }
  }
}

async function addMissing(operatorService: OperatorService, namespace: string): Promise<string[]> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(searchAttributes).filter((key) => !(key.name in (customAttributes ?? {})));
  if (missing.length === 0) return [];
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((key) => [key.name, attributeTypes[key.type].wire])),
  });
  return missing.map((key) => key.name);
}

/** Whether the namespace has our search attributes. Asks the visibility store, which everyone may who runs workflows. */
export async function searchAttributesExist(client: Client): Promise<boolean> {
  const names = Object.values(searchAttributes).map((key) => key.name);
  try {
    await client.workflow.count(names.map((name) => `${name} = 'none'`).join(' AND '));
    return true;
  } catch (error) {
    if (grpcCode(error) === invalidArgument) return false;
    throw error;
  }
}

const invalidArgument = 3;

function grpcCode(error: unknown): number | undefined {
  const at = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(at) ? Number(at.code) : undefined;
}
