import { z } from 'zod';
import { authIssue } from '../../auth/auth-definition.ts';
import { mailServerFields } from '../../providers/email/config.ts';
import { checkMailServer, mailHost } from '../../providers/email/mail-server.ts';
import { addressProblem, headerTextProblem, splitMailbox } from '../../providers/email/mailboxes.ts';
import { connectorFields } from '../../tool-fields.ts';
import type { ConnectorKindDefinition } from '../connector-kind.ts';

const schema = z.strictObject({
  ...connectorFields,
  kind: z.literal('smtp'),
  ...mailServerFields,
  /** The sender of tools that name none: `Acme <support@acme.example>`. */
  from: z.string().min(1).max(1024).optional(),
});

const kinds = ['none', 'basic', 'bearer', 'oauth2_client_credentials', 'oauth2_authorization_code'];

/** A mail server: where it is, how it is reached, and who signs in. */
export const smtpConnector = {
  label: 'Mail server (SMTP)',
  schema,
  check({ auth, from, ...server }) {
    const issues = checkMailServer(server, auth, '');
    if (!kinds.includes(auth.type))
      issues.push(
        authIssue('/auth/type', 'A mail server takes a user name and password, or an access token'),
      );
    const sender = from === undefined ? null : splitMailbox(from);
    const problem = sender && (addressProblem(sender.address) ?? headerTextProblem(sender.name));
    if (problem) issues.push({ path: '/from', message: `The sender ${problem}`, keyword: 'email' });
    if (from !== undefined && /[{}]/.test(from))
      issues.push({ path: '/from', message: 'A connector has no inputs', keyword: 'template' });
    return issues;
  },
  hosts: (server) => [mailHost(server)].filter((host) => host !== null),
} satisfies ConnectorKindDefinition<typeof schema>;
