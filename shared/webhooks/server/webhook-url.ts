import { assertLiteralAllowed, hostAndPort } from '../../platform/server/egress/guarded-connector.ts';

/**
 * Where webhooks may go: over https, and over http to the tenant's listed private hosts only. What a name resolves to
 * is judged at each connection.
 * @returns what is wrong, in words, or null
 */
export function webhookUrlProblem(text: string, privateHosts: readonly string[]): string | null {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'must be an https URL';
  if (url.username !== '' || url.password !== '') return 'must not hold credentials';
  if (url.hash !== '') return 'must not have a fragment';
  try {
    assertLiteralAllowed(url, privateHosts);
  } catch (error) {
    return (error as Error).message;
  }
  const listed = privateHosts.some((host) => host.toLowerCase() === hostAndPort(url));
  return url.protocol === 'http:' && !listed
    ? `must be https; http goes only to a private address that the egress settings list, which ${hostAndPort(url)} is not`
    : null;
}
