import { BudgetError, isolated } from '../../../platform/server/isolates/isolated.ts';
import type { OfferedOperation } from '../connector-offer.ts';
import * as here from './graphql-here.ts';
import * as operations from './operations-here.ts';

const module = new URL('./graphql-here.ts', import.meta.url).href;
const readDocumentThere = isolated(here.readDocument, module);
const schemaProblemThere = isolated(here.schemaProblem, module);
const sdlThere = isolated(here.sdlOfResponse, module);
const queryThere = isolated(here.introspectionQuery, module);
const operationsThere = isolated(
  operations.operationsOf,
  new URL('./operations-here.ts', import.meta.url).href,
);

/** Loading the library takes 0.3 s of it, once for each isolate. */
const cpuMs = 3_000;
/** A schema of 900 kB takes about two seconds. */
const schemaCpuMs = 10_000;

/** See `readDocument`. What takes too long is an issue. */
export async function readGraphqlDocument(
  written: here.WrittenDocument,
  tenantId: string,
): Promise<here.ReadDocument> {
  try {
    return await readDocumentThere(
      { cpuMs: written.schema === undefined ? cpuMs : schemaCpuMs, tenantId },
      written,
    );
  } catch (error) {
    const message = `Checking the document ${budgetWords(error)}`;
    return { issues: [{ path: '/config/document', message, keyword: 'graphql' }] };
  }
}

/** Why a schema cannot be read; null: it can. */
export const graphqlSchemaProblem = (schema: string, tenantId: string): Promise<string | null> =>
  schemaProblemThere({ cpuMs: schemaCpuMs, tenantId }, schema).catch(
    (error) => `Reading it ${budgetWords(error)}`,
  );

/** The response to an introspection query as SDL. */
export const introspectedSdl = (
  body: Buffer,
  tenantId: string,
): Promise<{ sdl: string } | { problem: string }> =>
  sdlThere({ cpuMs: schemaCpuMs, tenantId, maxBytes: 16_777_216 }, body).catch((error) => ({
    problem: `Reading it ${budgetWords(error)}`,
  }));

export const introspectionQuery = (tenantId: string): Promise<string> => queryThere({ cpuMs, tenantId });

/** Every query and mutation as a draft of a tool. */
export const graphqlOperations = (
  schema: string,
  tenantId: string,
): Promise<{ operations: OfferedOperation[] } | { problem: string }> =>
  operationsThere({ cpuMs: schemaCpuMs, tenantId, maxBytes: 16_777_216 }, schema).then(
    (read) => ('problem' in read ? read : { operations: JSON.parse(read.operations.text) }),
    (error) => ({ problem: `Reading it ${budgetWords(error)}` }),
  );

/** Completes "Reading it …". @throws what is no BudgetError */
function budgetWords(error: unknown): string {
  if (error instanceof BudgetError) return error.message;
  throw error;
}
