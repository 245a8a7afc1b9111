import type { Issue } from '../../../platform/error-codes.ts';
import { isScalar, type JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { schemaProperties } from '../../../platform/schema-properties.ts';
import { checkHeaderSecrets, checkJsonSecrets } from '../../http/literal-secrets.ts';
import { parseTemplate, TemplateSyntaxError, templateNames } from '../../template.ts';
import { type EmailConfig, type EmailTool, listOf, type MailboxTemplate, onlyInput } from './config.ts';
import { checkMailServer } from './mail-server.ts';
import { addressProblem, headerTextProblem, splitMailbox } from './mailboxes.ts';

/** Problems of an email tool beyond its shape, each at its place. */
export function checkEmail({ config, inputSchema, auth }: EmailTool): Issue[] {
  const syntax = templatesOf(config).flatMap(([path, template]) => checkSyntax(path, template));
  const issues = [
    ...checkServer(config, auth),
    ...checkRequired(config),
    ...syntax,
    ...checkHeaders(config),
    ...checkJsonSecrets(config.text ?? null, '/config/text'),
    ...checkJsonSecrets(config.html ?? null, '/config/html'),
  ];
  if (syntax.length > 0) return issues;
  const names = schemaProperties(inputSchema);
  return [...issues, ...checkMailboxes(config), ...checkAttachments(config), ...checkInputs(config, names)];
}

function checkServer({ connectorId, ...server }: EmailConfig, auth: EmailTool['auth']): Issue[] {
  if (connectorId === undefined) {
    if (server.host !== undefined) return checkMailServer(server, auth, '/config');
    const message = 'host is required (or a connectorId)';
    return [{ path: '/config/host', message, keyword: 'required' }];
  }
  return (['host', 'port', 'tls', 'ca'] as const)
    .filter((field) => server[field] !== undefined)
    .map((field) => ({
      path: `/config/${field}`,
      message: `Use either connectorId or ${field}: the connector has it`,
      keyword: 'connector',
    }));
}

function checkRequired(config: EmailConfig): Issue[] {
  const missing = (field: string, message: string): Issue => ({
    path: `/config/${field}`,
    message,
    keyword: 'required',
  });
  return [
    // A connector may have one.
    ...(config.from === undefined && config.connectorId === undefined
      ? [missing('from', 'from is required')]
      : []),
    ...(listOf(config.to).length + listOf(config.cc).length + listOf(config.bcc).length === 0
      ? [missing('to', 'Name at least one recipient: to, cc or bcc')]
      : []),
    ...(config.text === undefined && config.html === undefined
      ? [missing('text', 'Write a text, an HTML part or both')]
      : []),
  ];
}

/** Every template with its place. */
function templatesOf({ connectorId, host, port, tls, ca, ...rest }: EmailConfig): [string, string][] {
  const found: [string, string][] = [];
  const visit = (value: JsonValue | undefined, path: string): void => {
    if (typeof value === 'string') found.push([path, value]);
    else if (Array.isArray(value))
      for (const [index, item] of value.entries()) visit(item, pointer(path, index));
    else if (value !== undefined && !isScalar(value))
      for (const [key, item] of Object.entries(value)) visit(item, pointer(path, key));
  };
  for (const [field, value] of Object.entries(rest)) visit(value as JsonValue, `/config/${field}`);
  return found;
}

function checkSyntax(path: string, template: string): Issue[] {
  try {
    parseTemplate(template);
    return [];
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return [{ path, message: `${error.message} (character ${error.position + 1})`, keyword: 'template' }];
  }
}

/** Every input has a place, and every place an input. */
function checkInputs(config: EmailConfig, names: ReadonlySet<string>): Issue[] {
  const used = templatesOf(config).map(([path, template]) => ({ path, names: templateNames(template) }));
  const unknown = used.flatMap(({ path, names: each }) =>
    each
      .filter((name) => !names.has(name))
      .map((name) => ({ path, message: `Unknown input "${name}"`, keyword: 'template' })),
  );
  const all = new Set(used.flatMap(({ names: each }) => each));
  const unused = [...names]
    .filter((name) => !all.has(name))
    .map((name) => ({
      path: pointer('/inputSchema/properties', name),
      message: `No template of the message uses the input "${name}"`,
      keyword: 'template',
    }));
  return [...unknown, ...unused];
}

/** Those whose text does not depend on an input. */
function checkMailboxes(config: EmailConfig): Issue[] {
  return (['from', 'to', 'cc', 'bcc', 'replyTo'] as const).flatMap((field) => {
    const value = config[field];
    return listOf(value).flatMap((template, index) =>
      checkMailbox(template, Array.isArray(value) ? `/config/${field}/${index}` : `/config/${field}`),
    );
  });
}

function checkMailbox(template: MailboxTemplate, path: string): Issue[] {
  const { name = '', address } = typeof template === 'string' ? splitMailbox(template) : template;
  const issues: Issue[] = [];
  const [fixedName, fixedAddress] = [fixedText(name), fixedText(address)];
  const at = (field: string) => (typeof template === 'string' ? path : `${path}/${field}`);
  const nameProblem = fixedName === null ? null : headerTextProblem(fixedName);
  if (nameProblem) issues.push({ path: at('name'), message: `The name ${nameProblem}`, keyword: 'header' });
  const problem = fixedAddress === null ? null : addressProblem(fixedAddress);
  if (problem) issues.push({ path: at('address'), message: `${fixedAddress} ${problem}`, keyword: 'email' });
  return issues;
}

/** The headers that have fields of their own, or that Interlock and the servers set. */
const reserved =
  /^(?:from|sender|to|cc|bcc|reply-to|subject|date|message-id|mime-version|content-.*|received|return-path|delivered-to|dkim-signature|arc-.*|authentication-results)$/i;

function checkHeaders({ headers = {}, subject }: EmailConfig): Issue[] {
  const problem = headerTextProblem(literalOf(subject));
  const issues: Issue[] = problem
    ? [{ path: '/config/subject', message: `The subject ${problem}`, keyword: 'header' }]
    : [];
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    const path = pointer('/config/headers', name);
    const valueProblem = headerTextProblem(literalOf(value));
    const isDouble = seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    if (!/^[!-9;-~]{1,76}$/.test(name))
      issues.push({ path, message: 'This is not a valid header name', keyword: 'header' });
    else if (reserved.test(name))
      issues.push({ path, message: `The header ${name} cannot be set here`, keyword: 'header' });
    else if (isDouble) issues.push({ path, message: `Duplicate header ${name}`, keyword: 'header' });
    if (valueProblem)
      issues.push({ path, message: `The value of ${name} ${valueProblem}`, keyword: 'header' });
    issues.push(...checkHeaderSecrets(name, value, path));
  }
  return issues;
}

function checkAttachments({ attachments = [] }: EmailConfig): Issue[] {
  return [attachments].flat().flatMap((each, index) => {
    if (typeof each !== 'string' || onlyInput(each) !== null) return [];
    const path = Array.isArray(attachments) ? `/config/attachments/${index}` : '/config/attachments';
    const message =
      'Write the name of an input in braces, such as {files}, or an object with filename and content';
    return [{ path, message, keyword: 'template' }];
  });
}

/** The text of a template without inputs; null when it has some. */
function fixedText(template: string): string | null {
  return templateNames(template).length > 0 ? null : literalOf(template);
}

function literalOf(template: string): string {
  try {
    return parseTemplate(template)
      .map((part) => ('literal' in part ? part.literal : ''))
      .join('');
  } catch {
    return template;
  }
}
