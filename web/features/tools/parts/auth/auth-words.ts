import type { AuthType } from '../../../../../shared/tools/tool-definition.ts';
import { authTypeWord, type Tool } from '../tool-words.ts';
import { apiKeyDetail } from './api-key.ts';
import { apiKeysDetail } from './api-keys.ts';
import { awsSigv4Detail } from './aws-sigv4.ts';
import { basicDetail } from './basic.ts';
import { hmacDetail } from './hmac.ts';

const nothingMore = () => '';

/** What follows the label of an auth kind. */
const details: Record<AuthType, (auth: Tool['auth']) => string> = {
  none: nothingMore,
  inherit: nothingMore,
  api_key: apiKeyDetail,
  api_keys: apiKeysDetail,
  bearer: nothingMore,
  basic: basicDetail,
  oauth2_client_credentials: nothingMore,
  oauth2_authorization_code: nothingMore,
  mtls: nothingMore,
  hmac: hmacDetail,
  aws_sigv4: awsSigv4Detail,
  standard_webhooks: nothingMore,
};

/** "API key in header x-api-key" */
export function authWords(auth: Tool['auth']): string {
  // A newer server may send a kind that this page does not know.
  const detail: ((auth: Tool['auth']) => string) | undefined = details[auth.type];
  return `${authTypeWord(auth.type)}${detail?.(auth) ?? ''}`;
}
