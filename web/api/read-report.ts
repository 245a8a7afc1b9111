import { RestError } from './api-error.ts';
import { tenantSlug } from './tenant.ts';

/**
 * Asks for a report that is sent as it is made. To abort cancels the work.
 * @param onItems called with the items that have come since the last call
 * @throws RestError; the reason of the abort
 */
export async function readReport<Item>(
  path: string,
  body: unknown,
  { signal, onItems }: { signal: AbortSignal; onItems: (items: Item[]) => void },
): Promise<void> {
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      'x-tenant': tenantSlug(),
      'content-type': 'application/json',
      accept: 'application/x-ndjson',
    },
    body: JSON.stringify(body),
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new RestError(error instanceof Error ? undefined : error);
  });
  if (!response.ok || !response.body) {
    const refused: unknown = await response.json().catch(() => null);
    throw new RestError((refused as { error?: unknown } | null)?.error);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split('\n');
    rest = lines.pop() ?? '';
    const read = lines.map((line) => JSON.parse(line) as { item?: Item; report?: unknown; error?: unknown });
    onItems(read.flatMap(({ item }) => (item === undefined ? [] : [item])));
    const end = read.find(({ item }) => item === undefined);
    if (end?.error !== undefined) throw new RestError(end.error);
    if (end) return;
  }
  throw new RestError(undefined);
}
