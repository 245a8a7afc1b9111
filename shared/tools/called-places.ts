import type { CalledPlace } from '../platform/egress-rules.ts';
import { authHosts } from './auth/registry.ts';
import type { AnyTool } from './providers/provider-definition.ts';
import { providerOf, targetHosts } from './providers/registry.ts';

/** Every place that a resolved tool sends something to: what it calls, and where its auth gets tokens. */
export function calledPlaces(tool: AnyTool): CalledPlace[] {
  const method = providerOf(tool).method?.(tool) ?? null;
  const called = targetHosts(tool);
  const tokens = authHosts(tool.auth, []).filter((hostPort) => !called.includes(hostPort));
  return [
    ...called.map((hostPort) => ({ hostPort, method })),
    ...tokens.map((hostPort) => ({ hostPort, method: 'POST' })),
  ];
}
