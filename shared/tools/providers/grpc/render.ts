import { InterlockError, type Issue } from '../../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { asText, renderJson, renderText } from '../../template.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import { type GrpcTool, usesTls } from './config.ts';

/**
 * The call of a resolved tool: its path, metadata, and the message as JSON.
 * @throws InterlockError `invalid_input` with located issues when a value does not fit its place
 */
export function renderGrpc({ config }: GrpcTool, input: JsonValue): RenderedRequest {
  const { target, service, method, metadata, message } = config;
  if (target === undefined) {
    throw new InterlockError('invalid_definition', 'The tool has no target', {
      detail: 'connector not folded in',
    });
  }
  const inputs: JsonObject = isObject(input) ? (input as JsonObject) : {};
  const issues: Issue[] = [];
  const headers: Record<string, string> = {};
  for (const [name, template] of Object.entries(metadata)) {
    const value = renderMetadata(name, template, inputs, issues);
    if (value !== undefined) headers[name.toLowerCase()] = value;
  }
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The input does not match the request.', { issues });
  return {
    method: 'CALL',
    url: `${usesTls(config) ? 'grpcs' : 'grpc'}://${target}/${service}/${method}`,
    headers,
    body: message === undefined ? input : (renderJson(message as JsonValue, inputs) ?? {}),
    bodyType: 'json',
  };
}

/** Left out when one of its inputs is absent or null. */
function renderMetadata(
  name: string,
  template: string,
  inputs: JsonObject,
  issues: Issue[],
): string | undefined {
  let absent = false;
  const value = renderText(template, inputs, (input, inputName) => {
    if (input === null) absent = true;
    const text = asText(input);
    if (/[^\x20-\x7e]/.test(text))
      issues.push({
        path: pointer('', inputName),
        message: `${inputName} must contain only printable ASCII characters because it is part of the metadata ${name}`,
        keyword: 'template',
      });
    return text;
  });
  return absent ? undefined : value;
}
