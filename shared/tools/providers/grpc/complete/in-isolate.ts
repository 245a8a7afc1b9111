import { BudgetError, isolated } from '../../../../platform/server/isolates/isolated.ts';
import { compileMethod, type DescribedMethod, listMethods } from './compile-method.ts';
import type { ProtoSource } from './proto-error.ts';

const module = new URL('./compile-method.ts', import.meta.url).href;
const compileThere = isolated(compileMethod, module);
const listThere = isolated(listMethods, module);

const cpuMs = 5_000;

/** What a call of a method needs of the documents, read in an isolate. */
export async function compileFrom(
  source: ProtoSource,
  { service, method, inputs }: { service: string; method: string; inputs: string[] },
  tenantId: string,
): Promise<ReturnType<typeof compileMethod>> {
  try {
    return await compileThere({ cpuMs, tenantId }, pick(source), service, method, inputs);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: { field: fieldOf(source), message: `Reading the documents ${error.message}` } };
  }
}

/** Every method that the documents describe, read in an isolate. */
export async function methodsOf(
  source: ProtoSource,
  tenantId: string,
): Promise<{ methods: DescribedMethod[] } | { problem: string }> {
  try {
    const found = await listThere({ cpuMs, maxBytes: 8_000_000, tenantId }, pick(source));
    return 'problem' in found ? found : { methods: JSON.parse(found.methods.text) as DescribedMethod[] };
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: `Reading the documents ${error.message}` };
  }
}

const pick = ({ descriptors, proto }: ProtoSource): ProtoSource =>
  descriptors === undefined ? { proto } : { descriptors };

const fieldOf = ({ descriptors }: ProtoSource): 'descriptors' | 'proto' =>
  descriptors === undefined ? 'proto' : 'descriptors';
