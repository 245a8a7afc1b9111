import { InterlockError } from '../../platform/error-codes.ts';
import { readJson } from '../../platform/read-json.ts';
import { BudgetError, isolated } from '../../platform/server/isolates/isolated.ts';
import { maxFilesLength } from '../file-schemas.ts';
import { locateYaml, type ReadFile, readYaml, writeYaml } from './yaml-files.ts';

const module = new URL('./yaml-files.ts', import.meta.url).href;
const read = isolated(readYaml, module);
const write = isolated(writeYaml, module);
const locate = isolated(locateYaml, module);

const cpuMs = 10_000;
const maxBytes = 2 * maxFilesLength;

/** @throws InterlockError `invalid_input` when they take too long to read */
export async function readTexts(texts: string[], tenantId: string): Promise<ReadFile[]> {
  const { files } = await read({ cpuMs, maxBytes, tenantId }, texts).catch((error: unknown) => {
    if (!(error instanceof BudgetError)) throw error;
    throw new InterlockError('invalid_input', `Reading the files ${error.message}. Nothing was changed.`);
  });
  return readJson(files.text) as unknown as ReadFile[];
}

/** In the order of the values. */
export async function writeTexts(values: unknown[], tenantId: string): Promise<string[]> {
  if (values.length === 0) return [];
  const { texts } = await write({ cpuMs, maxBytes, tenantId }, values);
  return JSON.parse(texts.text) as string[];
}

export function locateIn(text: string, places: string[], tenantId: string): Promise<number[]> {
  return locate({ cpuMs, tenantId }, text, places);
}
