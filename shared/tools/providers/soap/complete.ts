import type { JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isObject, schemaProperties } from '../../../platform/schema-properties.ts';
import type { ConfigCompleter } from '../../server/config-completer.ts';
import { compileFrom } from './complete/in-isolate.ts';
import type { SoapTool } from './config.ts';

/** Finds the operation in the WSDL, and stores with the tool what its calls need of it. */
export const completeSoap: ConfigCompleter<SoapTool> = async (
  { config, inputSchema, auth },
  tenantId,
  connector,
) => {
  const { operation, message, security } = config;
  const wsdl = config.wsdl ?? (connector?.kind === 'soap' ? connector.wsdl : undefined) ?? '';
  const template = message as JsonValue | undefined;
  const base = template === undefined ? '/inputSchema/properties' : '/config/message';
  const inputs =
    template === undefined
      ? [...schemaProperties(inputSchema)]
      : isObject(template)
        ? Object.keys(template)
        : [];
  const found = await compileFrom(wsdl, operation, inputs, tenantId);
  if ('problem' in found) {
    const { field, message: words } = found.problem;
    const path = field === 'wsdl' && connector ? '/config/connectorId' : `/config/${field}`;
    return { issues: [{ path, message: words, keyword: 'soap' }] };
  }
  const issues = found.unknown.map((name) => ({
    path: pointer(base, name),
    message: `${operation} has no "${name}"`,
    keyword: 'soap',
  }));
  if (security !== 'http' && auth.type !== 'basic')
    issues.push({
      path: '/config/security',
      message: 'A UsernameToken needs auth of kind basic: a user name and a password',
      keyword: 'auth',
    });
  return { issues, config: { compiled: found.compiled } };
};
