import { authKinds } from '../../../../../shared/tools/auth-kinds.ts';
import type { AuthType } from '../../../../../shared/tools/tool-definition.ts';
import type { Tool } from '../../parts/tool-words.ts';
import { apiKeyDetail } from './api-key.ts';
import { basicDetail } from './basic.ts';

const nothingMore = () => '';

/** What follows the label of an auth kind. */
const details: Record<AuthType, (auth: Tool['auth']) => string> = {
  none: nothingMore,
  api_key: apiKeyDetail,
  bearer: nothingMore,
  basic: basicDetail,
  oauth2_client_credentials: nothingMore,
};

const isKnown = (type: string): type is AuthType => Object.hasOwn(details, type);

/** "API key in header x-api-key"; a kind that this page does not know yet shows its name. */
export function authWords(auth: Tool['auth']): string {
  const { type }: { type: string } = auth;
  return isKnown(type) ? `${authKinds[type].label}${details[type](auth)}` : type;
}
