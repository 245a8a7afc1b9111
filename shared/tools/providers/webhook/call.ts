import type { Provider } from '../../server/provider.ts';
import { createHttpProvider } from '../http/call.ts';
import { asHttp, type WebhookTool } from './definition.ts';

/** Sends a signed message through the egress guard. */
export function createWebhookProvider(
  ...services: Parameters<typeof createHttpProvider>
): Provider<WebhookTool> {
  const http = createHttpProvider(...services);
  return {
    async call(tool, request, context) {
      const result = await http.call(asHttp(tool), request, context);
      if (result.ok || result.httpStatus !== 410) return result;
      const why = 'Gone: the receiver wants no more messages at this address. Disable the tool';
      return { ...result, message: `${result.message} ${why}` };
    },
  };
}
