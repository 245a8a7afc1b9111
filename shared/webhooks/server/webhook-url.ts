import {
  assertLiteralAllowed,
  type EgressRules,
  hostAndPort,
} from '../../platform/server/egress/guarded-connector.ts';

/**
 * Webhooks go over https, and over http only to private addresses in the tenant's egress settings. The address that a name
 * resolves to is checked at each connection.
 * @returns what is wrong with the URL, or null
 */
export function webhookUrlProblem(text: string, rules: EgressRules): string | null {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'must be an https URL';
  if (url.username !== '' || url.password !== '') return 'must not contain credentials';
  if (url.hash !== '') return 'must not have a fragment';
  try {
    assertLiteralAllowed(url, rules);
  } catch (error) {
    return (error as Error).message;
  }
  const listed = rules.privateHosts.some((host) => host.toLowerCase() === hostAndPort(url));
  return url.protocol === 'http:' && !listed
    ? `must be https; http is allowed only to a private address in the egress settings, and ${hostAndPort(url)} is not one`
    : null;
}
