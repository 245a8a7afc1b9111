import { numberText } from '../../../../platform/exact-number.ts';
import { isNumber, type JsonValue } from '../../../../platform/json.ts';
import { writeJson } from '../../../../platform/json-text.ts';
import { hasAtMost, maxValues } from '../../../../platform/server/isolates/isolate-protocol.ts';
import { BudgetError, isolated } from '../../../../platform/server/isolates/isolated.ts';
import { type PageFacts, type Pagination, partAt } from '../pagination.ts';
import { type BodyType, parseResponseBody, ResponseBodyError } from './response-body.ts';

/** The items of a page, or its body, as the inside of a JSON list. */
export interface PageContent extends Omit<PageFacts, 'link'> {
  json: string;
}

export interface PageSource {
  contentType: string | undefined;
  responseType: BodyType;
  pagination: Pagination;
}

const smallBytes = 65_536;
const cpuMs = 1_000;
const readThere = isolated(readPageHere, import.meta.url);

/** Reads one page: a small one here, a large one in an isolate. @returns why it cannot be read, for people */
export async function readPage(
  body: Buffer,
  source: PageSource,
  tenantId: string,
): Promise<PageContent | { problem: string }> {
  if (body.length <= smallBytes) return readPageHere(body, source);
  try {
    return await readThere({ cpuMs, tenantId, maxBytes: Number.POSITIVE_INFINITY }, body, source);
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { problem: `Reading the page ${error.message}` };
  }
}

export function readPageHere(
  body: Buffer,
  { contentType, responseType, pagination }: PageSource,
): PageContent | { problem: string } {
  let value: JsonValue;
  try {
    value = parseResponseBody(body, contentType, responseType);
  } catch (error) {
    if (error instanceof ResponseBodyError) return { problem: error.message };
    throw error;
  }
  if (!hasAtMost(value, maxValues)) return { problem: `The page has more than ${maxValues} values` };
  const { items: place } = pagination;
  const items = place === undefined ? value : partAt(value, place);
  const cursor = pagination.type === 'cursor' ? cursorOf(partAt(value, pagination.cursor)) : null;
  if (Array.isArray(items)) return { json: items.map(writeJson).join(','), count: items.length, cursor };
  const counts = pagination.type === 'page' || pagination.type === 'offset';
  if (place === undefined && !counts) return { json: writeJson(value), count: null, cursor };
  return { problem: `The page has no list at ${place ? `"${place}"` : 'its top: say where with items'}` };
}

/** Texts and numbers; empty, false, null and absent mean that this was the last page. */
function cursorOf(found: unknown): string | null {
  if (isNumber(found)) return numberText(found);
  return typeof found === 'string' && found !== '' ? found : null;
}
