import type { Issue } from '../../../platform/error-codes.ts';
import type { EmailTool } from './config.ts';
import { sendsSecret, tlsOf } from './mail-server.ts';

/** What depends on the connector: a sender, and TLS where a secret is sent. */
export async function completeEmail({ config, auth }: EmailTool): Promise<{ issues: Issue[] }> {
  const issues: Issue[] = [];
  if (config.from === undefined)
    issues.push({
      path: '/config/from',
      message: 'from is required: the connector has no sender',
      keyword: 'required',
    });
  if (tlsOf(config) === 'none' && sendsSecret(auth.type))
    issues.push({
      path: '/auth/type',
      message: 'The connector reaches its server without TLS, so no secret is sent there',
      keyword: 'auth',
    });
  return { issues };
}
