import type { ProviderDefinition, RetrySafety } from '../provider-definition.ts';
import { checkEmail } from './check.ts';
import { type EmailConfigInput, type EmailTool, emailToolSchema } from './config.ts';
import { mailHost } from './mail-server.ts';
import { renderEmail } from './render.ts';

/** The pure half of the `email` tool type. */
export const emailProvider = {
  label: 'Email',
  schema: emailToolSchema,
  check: checkEmail,
  render: renderEmail,
  hosts: ({ config }) => [mailHost(config)].filter((host) => host !== null),
  target: ({ config }) => `SEND ${mailHost(config) ?? 'email'}`,
  retrySafety,
  readsOnly: () => false,
  auth: ['basic', 'bearer', 'oauth2_client_credentials', 'oauth2_authorization_code'],
  signsIn: true,
  connector: {
    kinds: ['smtp'],
    idOf: (config) => config.connectorId,
    fold({ connectorId: _connectorId, ...own }, connector): EmailConfigInput {
      if (connector.kind !== 'smtp') return own;
      const { host, port, tls, ca, from } = connector;
      return { ...own, host, port, tls, ca, from: own.from ?? from };
    },
  },
} satisfies ProviderDefinition<typeof emailToolSchema>;

function retrySafety({ idempotent }: EmailTool): RetrySafety {
  return idempotent
    ? {
        safe: true,
        words:
          'Safe to retry: every attempt has the same Message-ID, by which the server is said to drop a second message',
      }
    : {
        safe: false,
        words:
          'Sent once: a second message could arrive too. Retried only while the mail server has not got the message, or after it refused it',
      };
}
