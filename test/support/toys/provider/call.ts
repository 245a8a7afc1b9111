import { type AuthAppliers, applierOf } from '../../../../shared/tools/server/auth-appliers.ts';
import type { Provider } from '../../../../shared/tools/server/provider.ts';
import type { ToyTool } from './definition.ts';

export function createToyProvider(auth: AuthAppliers): Provider<ToyTool> {
  return {
    async call(tool, request, context) {
      const { headers, body } = await applierOf(auth, tool.auth).apply(
        tool.auth,
        request,
        context,
        undefined,
      );
      context.onSent();
      const output = { message: body ?? null, seal: headers['x-seal'] ?? null, secret: context.secret };
      return { ok: true, output };
    },
  };
}
