import { fromBase64 } from '../../../platform/base64.ts';
import type { Issue } from '../../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isMark } from '../../../platform/redaction/redaction-mark.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { inputNamed, parseTemplate, renderJson } from '../../template.ts';
import { type EmailConfig, listOf, onlyInput } from './config.ts';
import { headerTextProblem } from './mailboxes.ts';

const maxAttachments = 50;
const mediaType = /^(?!multipart\/)[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w.-]+)*$/i;

/** A file that is sent: its content is base64. */
export type Attachment = { filename: string; contentType: string; content: string };

export function renderAttachments(
  templates: EmailConfig['attachments'],
  inputs: JsonObject,
  issues: Issue[],
): Attachment[] {
  const found = listOf<string | Record<string, string>>(templates).flatMap((template) => {
    const only = typeof template === 'string' ? onlyInput(template) : null;
    if (only === null) return read(renderJson(template, inputs) ?? null, firstInput(template), issues);
    const value = inputNamed(inputs, only) ?? null;
    if (!Array.isArray(value)) return value === null ? [] : read(value, pointer('', only), issues);
    return value.flatMap((item, index) => read(item, pointer('', only, index), issues));
  });
  if (found.length > maxAttachments)
    issues.push({
      path: '',
      message: `A message has at most ${maxAttachments} attachments, not ${found.length}`,
      keyword: 'template',
    });
  return found;
}

function read(value: JsonValue, path: string, issues: Issue[]): Attachment[] {
  const { filename, contentType = 'application/octet-stream', content } = isObject(value) ? value : {};
  const problem = (message: string) => {
    issues.push({ path, message, keyword: 'template' });
    return [];
  };
  if (typeof filename !== 'string' || typeof content !== 'string' || typeof contentType !== 'string')
    return problem('must be an object with filename, content (base64) and, if you like, contentType');
  const nameProblem = headerTextProblem(filename);
  if (nameProblem) return problem(`The filename ${nameProblem}`);
  if (!mediaType.test(contentType)) return problem('The contentType is not a media type, such as text/csv');
  if (!isMark(content) && fromBase64(content) === null) return problem('The content must be base64 text');
  return [{ filename, contentType, content }];
}

/** The place of the first input of an attachment; the whole input when it has none. */
function firstInput(template: string | Record<string, string>): string {
  const parts = [template].flatMap((each) => (typeof each === 'string' ? each : Object.values(each)));
  const part = parts.flatMap(parseTemplate).find((each) => 'name' in each);
  return part && 'name' in part ? pointer('', part.name) : '';
}
