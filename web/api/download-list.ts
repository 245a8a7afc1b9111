import { isObject } from '../../shared/platform/schema-properties.ts';
import { RestError } from './api-error.ts';
import { tenantSlug } from './tenant.ts';

/**
 * Reads a whole list as a file, such as `/api/exceptions.csv`, with the same filters as its page.
 * @throws RestError when it is refused; an error when it ends early, because a part is not the list
 */
export async function downloadList(path: string, filters: object): Promise<Blob> {
  const set = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(set.map(([name, value]) => [name, String(value)]));
  const response = await fetch(`${path}?${query}`, { headers: { 'x-tenant': tenantSlug() } });
  if (response.ok) return response.blob();
  const body: unknown = await response.json().catch(() => null);
  throw new RestError(isObject(body) ? body.error : null);
}
