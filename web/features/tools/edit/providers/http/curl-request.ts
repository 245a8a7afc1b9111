import { readCurl } from '../../../../../../shared/imports/curl/read-curl.ts';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import { authSecretField } from '../../../../../../shared/tools/auth/registry.ts';

/** What a curl command fills in. */
export interface CurlRequest {
  name: string;
  title: string;
  /** Of the tool, without its secret. */
  config: Record<string, unknown>;
  /** With its secret: saving puts it into the vault. */
  auth: Record<string, unknown>;
  hasSecret: boolean;
  notes: string[];
}

/** A curl command as the request of a tool. @throws Error in words for people */
export function curlRequest(command: string): CurlRequest {
  const { connector, operations } = readCurl(command);
  const [operation] = operations;
  const { path, ...config } = (operation?.tool?.config ?? {}) as Record<string, unknown>;
  const auth = isObject(connector?.auth) ? connector.auth : { type: 'none' };
  const field = authSecretField[auth.type as keyof typeof authSecretField];
  const { method, ...rest } = config;
  return {
    name: operation?.name ?? '',
    title: operation?.title ?? '',
    config: { method, url: `${connector?.baseUrl ?? ''}${String(path ?? '')}`, ...rest },
    auth,
    hasSecret: field !== null && auth[field] !== undefined,
    notes: operation?.notes ?? [],
  };
}
