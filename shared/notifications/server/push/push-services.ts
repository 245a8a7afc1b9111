import { type AllowedHost, isAllowed, type TenantEgress } from '../../../platform/egress-rules.ts';
import type { Environment } from '../../../platform/server/environment.ts';

/** The push services of the browsers that people use. */
const known = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '*.push.apple.com',
  '*.notify.windows.com',
];

type Settings = Pick<Environment, 'INTERLOCK_PUSH_SERVICES'>;

/**
 * Where push messages may go: an endpoint is what a browser says, so it is trusted no further. A service that the settings
 * name with its port may be in the network of the deployment.
 */
export function pushEgress({ INTERLOCK_PUSH_SERVICES: more }: Settings): TenantEgress {
  const listed = more.map(({ host, port }): AllowedHost => ({ host, ports: [port ?? 443] }));
  return {
    privateHosts: more.flatMap(({ host, port }) => (port === null ? [] : [`${host}:${port}`])),
    allowedHosts: [...known.map((host) => ({ host, ports: [443] })), ...listed],
  };
}

/** @returns what is wrong with the endpoint of a subscription, or null */
export function endpointProblem(endpoint: string, settings: Settings): string | null {
  const url = URL.parse(endpoint);
  const { privateHosts, allowedHosts } = pushEgress(settings);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && privateHosts.includes(url.host))))
    return 'must be an https URL';
  if (url.username !== '' || url.password !== '') return 'must not contain credentials';
  return isAllowed(allowedHosts, { method: 'POST', url })
    ? null
    : 'is not at a push service that this deployment knows (INTERLOCK_PUSH_SERVICES)';
}
