import { z } from 'zod';
import type { Issue } from '../../../platform/error-codes.ts';
import { errorMessage } from '../../../platform/error-message.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { authPlacement } from '../../auth/registry.ts';
import { checkHeaders } from '../../http/headers.ts';
import { checkBaseUrl, hostPortOf } from '../../http/url.ts';
import { templateNames } from '../../template.ts';
import { connectorFields } from '../../tool-fields.ts';
import type { ConnectorKindDefinition } from '../connector-kind.ts';

const schema = z.strictObject({
  ...connectorFields,
  kind: z.literal('rest').default('rest'),
  baseUrl: z.string().min(1).max(2048),
  headers: z.record(z.string(), z.string()).default({}),
});

/** An HTTP API: one base URL, one auth, and headers that every request carries. */
export const restConnector = {
  label: 'REST API',
  schema,
  check({ auth, baseUrl, headers }) {
    const placement = authPlacement(auth);
    const authHeader = placement?.in === 'header' ? placement.name.toLowerCase() : null;
    return [
      ...checkBaseUrl(baseUrl, '/baseUrl'),
      ...checkHeaders(headers, authHeader, '/headers'),
      ...checkNoTemplates(headers),
    ];
  },
  hosts: ({ baseUrl }) => [hostPortOf(baseUrl)].filter((host) => host !== null),
} satisfies ConnectorKindDefinition<typeof schema>;

/** A connector has no inputs. */
function checkNoTemplates(headers: Record<string, string>): Issue[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    const path = pointer('/headers', name);
    try {
      if (templateNames(value).length === 0) return [];
      return [
        { path, message: 'The headers of a connector must not contain templates', keyword: 'template' },
      ];
    } catch (error) {
      return [{ path, message: errorMessage(error), keyword: 'template' }];
    }
  });
}
