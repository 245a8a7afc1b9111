import type { Issue } from '../../../platform/error-codes.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { schemaProperties } from '../../../platform/schema-properties.ts';
import { authPlacements } from '../../auth/registry.ts';
import { checkJsonSecrets } from '../../http/literal-secrets.ts';
import { checkBaseUrl } from '../../http/url.ts';
import { jsonTemplateNames, TemplateSyntaxError } from '../../template.ts';
import type { SoapTool } from './config.ts';

/** Problems of a soap tool beyond its shape, each at its place. */
export function checkSoap({ auth, config, inputSchema }: SoapTool): Issue[] {
  const { wsdl, endpoint, connectorId, message } = config;
  const issues: Issue[] = [];
  if (connectorId === undefined) {
    if (wsdl === undefined)
      issues.push({
        path: '/config/wsdl',
        message: 'wsdl is required (or a connectorId)',
        keyword: 'required',
      });
  } else {
    for (const [field, value] of Object.entries({ wsdl, endpoint }))
      if (value !== undefined)
        issues.push({
          path: `/config/${field}`,
          message: `Use either ${field} or connectorId`,
          keyword: 'wsdl',
        });
  }
  issues.push(...checkEndpoint(endpoint, '/config/endpoint'));
  for (const { in: place, name } of authPlacements(auth))
    if (place === 'header' && /^(?:soapaction|content-type)$/i.test(name))
      issues.push({ path: '/auth/name', message: `SOAP sets the header ${name}`, keyword: 'auth' });
  if (message !== undefined)
    issues.push(
      ...checkJsonSecrets(message as JsonValue, '/config/message'),
      ...checkMessage(message as JsonValue, schemaProperties(inputSchema)),
    );
  return issues;
}

export const checkEndpoint = (endpoint: string | undefined, path: string): Issue[] =>
  endpoint === undefined ? [] : checkBaseUrl(endpoint.replace(/\?.*$/, ''), path);

function checkMessage(message: JsonValue, known: Set<string>): Issue[] {
  const path = '/config/message';
  try {
    return jsonTemplateNames(message)
      .filter((name) => !known.has(name))
      .map((name) => ({ path, message: `Unknown input "${name}"`, keyword: 'template' }));
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return [{ path, message: `${error.message} (character ${error.position + 1})`, keyword: 'template' }];
  }
}
