import { InterlockError, type Issue } from '../../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isMark } from '../../../platform/redaction/redaction-mark.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { asText, inputNamed, parseTemplate, renderText } from '../../template.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import { renderAttachments } from './attachments.ts';
import { type EmailTool, listOf, type MailboxTemplate, onlyInput } from './config.ts';
import { mailHost } from './mail-server.ts';
import {
  addressProblem,
  headerTextProblem,
  type Mailbox,
  splitMailbox,
  writeMailboxes,
} from './mailboxes.ts';

/** Of to, cc and bcc together. */
const maxRecipients = 100;

/**
 * The message of a resolved tool: its addresses and further headers, and its parts.
 * @throws InterlockError `invalid_input` with located issues when a value does not fit its place
 */
export function renderEmail({ config }: EmailTool, input: JsonValue): RenderedRequest {
  const host = mailHost(config);
  if (host === null || config.from === undefined)
    throw new InterlockError('invalid_definition', 'The tool has no mail server or no sender', {
      detail: 'connector not folded in',
    });
  const inputs: JsonObject = isObject(input) ? (input as JsonObject) : {};
  const issues: Issue[] = [];
  const mailboxes = (templates: MailboxTemplate | MailboxTemplate[] | undefined) =>
    listOf(templates).flatMap((template) => renderMailboxes(template, inputs, issues));
  const [from, ...others] = mailboxes(config.from);
  if (others.length > 0 || (!from && issues.length === 0))
    issues.push(inputIssue('', 'A message has one sender'));
  const [to, cc, bcc] = [mailboxes(config.to), mailboxes(config.cc), mailboxes(config.bcc)];
  const recipients = to.length + cc.length + bcc.length;
  if (recipients === 0 && issues.length === 0) issues.push(inputIssue('', 'The message has no recipient'));
  if (recipients > maxRecipients)
    issues.push(inputIssue('', `A message has at most ${maxRecipients} recipients, not ${recipients}`));

  const headers: Record<string, string> = {};
  const address = {
    From: from ? [from] : [],
    To: to,
    Cc: cc,
    Bcc: bcc,
    'Reply-To': mailboxes(config.replyTo),
  };
  for (const [name, each] of Object.entries(address))
    if (each.length > 0) headers[name] = writeMailboxes(each);
  headers.Subject = fill(config.subject, inputs, headerText('the subject', issues));
  for (const [name, template] of Object.entries(config.headers ?? {})) {
    const value = renderText(template, inputs, headerText(`the header ${name}`, issues));
    if (value !== undefined) headers[name] = value;
  }
  const attachments = renderAttachments(config.attachments, inputs, issues);
  const body: JsonObject = {
    ...(config.text !== undefined && { text: fill(config.text, inputs, asText) }),
    ...(config.html !== undefined && { html: fill(config.html, inputs, escaped) }),
    ...(attachments.length > 0 && { attachments }),
  };
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The input does not match the message.', { issues });
  return { method: 'SEND', url: `smtp://${host}`, headers, body, bodyType: 'json' };
}

const inputIssue = (path: string, message: string): Issue => ({ path, message, keyword: 'template' });

/** A template in which an absent input is nothing. */
function fill(
  template: string,
  inputs: JsonObject,
  encode: (value: JsonValue, name: string) => string,
): string {
  return parseTemplate(template)
    .map((part) =>
      'literal' in part ? part.literal : encode(inputNamed(inputs, part.name) ?? null, part.name),
    )
    .join('');
}

/** An input as a part of a header. */
function headerText(place: string, issues: Issue[]) {
  return (value: JsonValue, name: string): string => {
    const text = asText(value);
    const problem = headerTextProblem(text);
    if (problem)
      issues.push(inputIssue(pointer('', name), `${name} ${problem} because it is part of ${place}`));
    return text;
  };
}

/** Text in HTML is text: an input brings no elements. */
function escaped(value: JsonValue): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return asText(value).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** None when an input of its address is absent. */
function renderMailboxes(template: MailboxTemplate, inputs: JsonObject, issues: Issue[]): Mailbox[] {
  const only = typeof template === 'string' ? onlyInput(template) : null;
  if (only !== null) return readValue(inputNamed(inputs, only) ?? null, pointer('', only), issues);
  const { name = '', address } = typeof template === 'string' ? splitMailbox(template) : template;
  const rendered = renderText(address, inputs, asText);
  if (rendered === undefined) return [];
  const from = parseTemplate(address).find((part) => 'name' in part);
  const place = from && 'name' in from ? pointer('', from.name) : '';
  const mailbox = {
    name: fill(name, inputs, headerText('a name in the addresses', issues)),
    address: rendered.trim(),
  };
  return withAddress(mailbox, place, issues);
}

/** The mailboxes that an input names: a text, an object with name and address, or a list of them. */
function readValue(value: JsonValue, path: string, issues: Issue[]): Mailbox[] {
  if (value === null) return [];
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      Array.isArray(item) ? wrong(path, issues) : readValue(item, pointer(path, index), issues),
    );
  if (typeof value === 'string') return checked(splitMailbox(value), path, issues);
  if (!isObject(value) || typeof value.address !== 'string') return wrong(path, issues);
  const { name = '', address } = value;
  if (typeof name !== 'string') return wrong(path, issues);
  return checked({ name, address: address.trim() }, path, issues);
}

function wrong(path: string, issues: Issue[]): Mailbox[] {
  issues.push(inputIssue(path, 'must be an email address, or an object with address and name'));
  return [];
}

/** An input in the place of a mailbox. */
function checked(mailbox: Mailbox, path: string, issues: Issue[]): Mailbox[] {
  const problem = headerTextProblem(mailbox.name);
  if (problem) issues.push(inputIssue(path, `${placeWords(path)} ${problem} because it is part of a header`));
  return withAddress(mailbox, path, issues);
}

/** A redacted address is shown as it is; it is never sent. */
function withAddress(mailbox: Mailbox, path: string, issues: Issue[]): Mailbox[] {
  const problem = isMark(mailbox.address) ? null : addressProblem(mailbox.address);
  if (problem) issues.push(inputIssue(path, `${placeWords(path)} ${problem}`));
  return [mailbox];
}

const placeWords = (path: string): string => path.slice(1) || 'The address';
