import { z } from 'zod';
import type { Issue } from '../../../platform/error-codes.ts';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { seedPrefix } from '../../auth/standard-webhooks/definition.ts';
import { toolFields } from '../../tool-fields.ts';
import { checkHttp } from '../http/check.ts';
import type { HttpTool } from '../http/config.ts';
import { httpProvider } from '../http/definition.ts';
import { renderHttp } from '../http/render.ts';
import type { ProviderDefinition } from '../provider-definition.ts';

/** The inputs that `url` and `headers` do not use are the body, unless `body` says another one. */
const webhookConfigSchema = z.strictObject({
  url: z.string().min(1).max(4096),
  headers: z.record(z.string(), z.string()).default({}),
  /** A JSON template. */
  body: anyJson.optional(),
});

const schema = z.strictObject({ ...toolFields, type: z.literal('webhook'), config: webhookConfigSchema });
export type WebhookTool = z.output<typeof schema>;

/** A signed POST as Standard Webhooks defines it (https://www.standardwebhooks.com). */
export const webhookProvider = {
  label: 'Webhook',
  schema,
  check: (tool) => [...checkHttp(asHttp(tool)), ...checkOwnHeaders(tool), ...checkSigned(tool)],
  render: (tool, input) => renderHttp(asHttp(tool), input),
  hosts: (tool) => httpProvider.hosts(asHttp(tool)),
  target: (tool) => httpProvider.target(asHttp(tool)),
  retrySafety: () => ({
    safe: true,
    words: 'Safe to retry: every attempt has the same webhook-id, by which receivers drop repeated messages',
  }),
  readsOnly: () => false,
  auth: ['standard_webhooks'],
  /** A secret that was written in the config moves to the auth, which keeps it in the vault. */
  storedForm(sent) {
    const { config, auth } = sent;
    if (!isObject(config) || config.secret === undefined || hasSecret(auth)) return sent;
    const { secret, ...rest } = config;
    const isSeed = typeof secret === 'string' && secret.startsWith(seedPrefix);
    const signature = isSeed ? { signature: 'v1a' } : {};
    return { ...sent, config: rest, auth: { type: 'standard_webhooks', ...signature, secret } };
  },
} satisfies ProviderDefinition<typeof schema>;

/** The request of a webhook is one of HTTP. */
export function asHttp({ config, ...tool }: WebhookTool): HttpTool {
  return {
    ...tool,
    type: 'http',
    config: {
      ...{ ...config, method: 'POST', query: {}, bodyType: 'json', responseType: 'auto' },
      ...{ followRedirects: false, maxResponseBytes: 262_144 },
    },
  };
}

const hasSecret = (auth: unknown): boolean =>
  isObject(auth) && (auth.type !== 'standard_webhooks' || auth.secret !== undefined);

function checkOwnHeaders({ config }: WebhookTool): Issue[] {
  return Object.keys(config.headers)
    .filter((name) => /^webhook-(?:id|timestamp)$/i.test(name))
    .map((name) => ({
      path: `/config/headers/${name}`,
      message: `Interlock sets the header ${name}`,
      keyword: 'header',
    }));
}

function checkSigned({ auth }: WebhookTool): Issue[] {
  if (auth.type === 'standard_webhooks') return [];
  const message = 'A webhook is signed: choose Standard Webhooks signature, with the secret of the receiver';
  return [{ path: '/auth/type', message, keyword: 'auth' }];
}
