import type { Issue } from '../../../platform/error-codes.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { authPlacement, checkAuth } from '../../auth/registry.ts';
import { checkHeaders } from '../../http/headers.ts';
import { checkBaseUrl } from '../../http/url.ts';
import { templateNames } from '../../template.ts';
import type { ConnectorDefinition } from '../../tool-definition.ts';

/** Problems of a connector beyond its shape, each at its place. */
export function checkConnector(
  connector: ConnectorDefinition,
  options: { secretRequired?: boolean } = {},
): Issue[] {
  const placement = authPlacement(connector.auth);
  const authHeader = placement?.in === 'header' ? placement.name.toLowerCase() : null;
  return [
    ...checkBaseUrl(connector.baseUrl, '/baseUrl'),
    ...checkHeaders(connector.headers, authHeader, '/headers'),
    ...checkFixed(connector.headers),
    ...checkAuth(connector.auth, options),
  ];
}

/** A connector has no inputs of its own, so its headers hold no templates. */
function checkFixed(headers: Record<string, string>): Issue[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const path = pointer('/headers', name);
    try {
      if (templateNames(value).length === 0) return [];
      return [
        { path, message: 'A connector has no inputs: no template in its headers', keyword: 'template' },
      ];
    } catch (error) {
      return [{ path, message: error instanceof Error ? error.message : String(error), keyword: 'template' }];
    }
  });
}
