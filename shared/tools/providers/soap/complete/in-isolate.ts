import { BudgetError, isolated } from '../../../../platform/server/isolates/isolated.ts';
import { compileOperation, type DescribedOperation, listOperations } from './read-wsdl.ts';

const module = new URL('./read-wsdl.ts', import.meta.url).href;
const compileThere = isolated(compileOperation, module);
const listThere = isolated(listOperations, module);

const cpuMs = 5_000;

/** What a call of an operation needs of the WSDL, read in an isolate. */
export async function compileFrom(
  wsdl: string,
  operation: string,
  inputs: string[],
  tenantId: string,
): Promise<ReturnType<typeof compileOperation>> {
  try {
    return await compileThere({ cpuMs, tenantId }, wsdl, operation, inputs);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: { field: 'wsdl', message: `Reading the WSDL ${error.message}` } };
  }
}

/** Every operation of the WSDL, read in an isolate. */
export async function operationsOf(
  wsdl: string,
  tenantId: string,
): Promise<{ operations: DescribedOperation[] } | { problem: string }> {
  try {
    const found = await listThere({ cpuMs, maxBytes: 8_000_000, tenantId }, wsdl);
    return 'problem' in found
      ? found
      : { operations: JSON.parse(found.operations.text) as DescribedOperation[] };
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: `Reading the WSDL ${error.message}` };
  }
}
