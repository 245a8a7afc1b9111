import { InterlockError, type Issue } from '../../../platform/error-codes.ts';
import type { JsonObject, JsonValue } from '../../../platform/json.ts';
import { isObject } from '../../../platform/schema-properties.ts';
import { renderJson } from '../../template.ts';
import type { RenderedRequest } from '../rendered-request.ts';
import type { SoapTool } from './config.ts';
import { writeEnvelope } from './xml/write-xml.ts';

/**
 * The HTTP request of a resolved tool, with the envelope as its text.
 * @throws InterlockError `invalid_input` with located issues when a value does not fit the operation
 */
export function renderSoap({ config }: SoapTool, input: JsonValue): RenderedRequest {
  const { compiled, message, security } = config;
  if (compiled === undefined) {
    throw new InterlockError('invalid_definition', 'The tool has no operation', {
      detail: 'the WSDL was not read',
    });
  }
  const value =
    message === undefined
      ? input
      : (renderJson(message as JsonValue, isObject(input) ? (input as JsonObject) : {}) ?? {});
  const issues: Issue[] = [];
  const body = writeEnvelope(compiled, value, issues, security !== 'http');
  if (issues.length > 0)
    throw new InterlockError('invalid_input', 'The input does not match the operation.', { issues });
  const action = compiled.action.replace(/["\\\r\n]/g, '');
  return {
    method: 'POST',
    url: new URL(config.endpoint ?? compiled.endpoint).href,
    headers: {
      accept: 'text/xml, application/soap+xml',
      'accept-encoding': 'gzip, deflate, br, zstd',
      'user-agent': 'Interlock',
      ...(compiled.version === '1.1'
        ? { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` }
        : {
            'content-type': `application/soap+xml; charset=utf-8${action === '' ? '' : `; action="${action}"`}`,
          }),
    },
    body,
    bodyType: 'text',
  };
}
