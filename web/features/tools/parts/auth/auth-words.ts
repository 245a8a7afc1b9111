import type { AuthType } from '../../../../../shared/tools/tool-definition.ts';
import { authTypeWord, type Tool } from '../tool-words.ts';
import { apiKeyDetail } from './api-key.ts';
import { basicDetail } from './basic.ts';

const nothingMore = () => '';

/** What follows the label of an auth kind. */
const details: Record<AuthType, (auth: Tool['auth']) => string> = {
  none: nothingMore,
  inherit: nothingMore,
  api_key: apiKeyDetail,
  bearer: nothingMore,
  basic: basicDetail,
  oauth2_client_credentials: nothingMore,
  oauth2_authorization_code: nothingMore,
};

/** "API key in header x-api-key" */
export function authWords(auth: Tool['auth']): string {
  // A newer server may send a kind that this page does not know.
  const detail: ((auth: Tool['auth']) => string) | undefined = details[auth.type];
  return `${authTypeWord(auth.type)}${detail?.(auth) ?? ''}`;
}
