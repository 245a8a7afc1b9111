import type { Egress } from '../../../platform/server/egress/egress.ts';
import { EgressError } from '../../../platform/server/egress/egress-error.ts';
import { authDefinitionOf } from '../../auth/registry.ts';
import { AuthError } from '../../server/auth-applier.ts';
import { type AuthAppliers, applierOf } from '../../server/auth-appliers.ts';
import type { CallContext, CallResult, Provider } from '../../server/provider.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import { composeMail, type Mail } from './call/compose-mail.ts';
import { MailError } from './call/mail-error.ts';
import { type Delivery, deliver, type Login } from './call/smtp-session.ts';
import type { EmailTool } from './config.ts';
import { sendsSecret, tlsOf } from './mail-server.ts';

type Failed = Extract<CallResult, { ok: false }>;

/** Hands a message over to a mail server, through the egress guard. */
export function createEmailProvider(egress: Egress, auth: AuthAppliers): Provider<EmailTool> {
  return {
    async call(tool, request, context) {
      const { host } = new URL(request.url);
      if (sendsSecret(tool.auth.type) && tlsOf(tool.config) === 'none')
        return denied(`The connector of this tool reaches ${host} without TLS, so no secret is sent`);
      const mail = await composeMail(request, context.executionId);
      if (mail.recipients.some((address) => !address.includes('@')))
        return denied('A recipient is redacted, so there is no one to send to');
      try {
        return outcomeOf(await signedIn(egress, auth, tool, request, mail, context), mail, host);
      } catch (error) {
        return failureOf(error, host, context.signal);
      }
    },
  };
}

const denied = (message: string): Failed => ({
  ok: false,
  code: 'denied',
  message,
  sent: 'before',
  transient: false,
});

/** With a renewed token, and with the value that a rotation has replaced, where the server refuses the sign-in. */
async function signedIn(
  egress: Egress,
  auth: AuthAppliers,
  tool: EmailTool,
  request: RenderedRequest,
  mail: Mail,
  context: CallContext,
): Promise<Delivery> {
  const applier = applierOf(auth, tool.auth);
  const once = async (context: CallContext) => {
    const login = await loginOf(auth, tool, mail, context);
    return deliver(egress, tool.config, new URL(request.url), mail, login, context);
  };
  const renewed = async (context: CallContext) => {
    try {
      return await once(context);
    } catch (error) {
      if (!isRefusedSignIn(error) || !applier.renew(tool.auth, context)) throw error;
      return once(context);
    }
  };
  const { previousSecret } = context;
  try {
    return await renewed(context);
  } catch (error) {
    const refused = isRefusedSignIn(error) || (error instanceof AuthError && !error.transient);
    if (previousSecret === null || !refused) throw error;
    context.onPrevious();
    return renewed({ ...context, secret: previousSecret });
  }
}

const isRefusedSignIn = (error: unknown): boolean =>
  error instanceof MailError && error.stage === 'sign-in' && !error.transient;

/** An access token is that of the sender's mailbox. */
async function loginOf(
  auth: AuthAppliers,
  { auth: own }: EmailTool,
  { sender }: Mail,
  context: CallContext,
): Promise<Login | null> {
  if (authDefinitionOf(own).secretField === null) return null;
  const { secret } = context;
  if (own.type === 'basic') {
    if (secret === null) throw new AuthError('The credential of this tool has no secret', { code: 'denied' });
    return { user: own.username, password: secret };
  }
  const empty: RenderedRequest = { method: 'AUTH', url: 'https://unused.invalid/', headers: {} };
  const { headers } = await applierOf(auth, own).apply(own, empty, context, undefined);
  const [, token] = /^Bearer (.+)$/.exec(headers.Authorization ?? '') ?? [];
  if (token === undefined) throw new AuthError('The credential of this tool gave no access token');
  return { user: sender, token };
}

/** A message that only some recipients get has failed for the others. */
function outcomeOf(
  { accepted, rejected, response }: Delivery,
  { messageId }: Mail,
  host: string,
): CallResult {
  const output = { messageId, accepted, rejected: rejected.map((each) => ({ ...each })), response };
  if (rejected.length === 0) return { ok: true, output };
  const codes = [...new Set(rejected.map(({ response: words }) => words.slice(0, 3)))].join(', ');
  const all = accepted.length + rejected.length;
  return {
    ok: false,
    code: 'provider_error',
    message: `${host} took the message for ${accepted.length} of ${all} recipients and refused the others (${codes}). The response names them`,
    sent: 'responded',
    transient: false,
    raw: output,
  };
}

function failureOf(error: unknown, host: string, signal: AbortSignal): Failed {
  if (error instanceof AuthError) {
    const { code, message, transient, retryAfterMs } = error;
    return { ok: false, code, message, sent: 'before', transient, retryAfterMs };
  }
  if (error instanceof MailError) return error.asResult(host, signal);
  if (error instanceof EgressError && error.kind === 'refused') return denied(error.message);
  const aborted = signal.aborted || (error instanceof EgressError && error.kind === 'aborted');
  if (!aborted && !(error instanceof EgressError)) throw error;
  return {
    ok: false,
    code: aborted ? 'timeout' : 'provider_error',
    message: aborted ? `No connection to ${host} in time` : (error as EgressError).message,
    sent: 'before',
    transient: true,
  };
}
