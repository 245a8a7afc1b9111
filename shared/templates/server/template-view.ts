import type { ReadContext } from '../../events/server/change-context.ts';
import type { TenantConnection } from '../../platform/db/database.ts';
import { findConnector, findConnectorByName } from '../../tools/db/connectors.ts';
import { findToolIds } from '../../tools/db/tool-names.ts';
import { readConnectorDefinition } from '../../tools/server/tool-service.ts';
import type { WrittenLanguage } from '../../words/languages.ts';
import type { ServiceTemplates } from '../template-data.ts';
import { callsService, inputSchemaOf, patternOf } from '../template-definitions.ts';
import type { TemplateView } from '../template-schemas.ts';
import { findTemplate, safetyOf, summaryOf } from './template-catalog.ts';

/** A template, and what the tenant has of it already. @throws InterlockError `not_found` */
export async function getTemplate(
  { services, identity }: ReadContext,
  id: string,
  language?: WrittenLanguage,
): Promise<TemplateView> {
  const template = await findTemplate(id, language);
  const { data, tool } = template;
  const { connector, toolId } = await services.db.tenant(identity.tenantId, async (connection) => ({
    connector: await serviceConnector(connection, data, data.service),
    toolId: (await findToolIds(connection, [id])).get(id),
  }));
  const { type: _kind, ...authSettings } = data.auth;
  const needsConnector = tool.baseUrl === undefined;
  return {
    ...summaryOf(template),
    safety: safetyOf(template).words,
    method: tool.method,
    path: tool.path,
    baseUrl: tool.baseUrl ?? data.baseUrl,
    inputSchema: inputSchemaOf(tool),
    outputSchema: tool.output,
    sample: tool.sample,
    needsConnector,
    authSettings: needsConnector ? authSettings : {},
    credential: needsConnector ? data.credential : '',
    parameters: Object.entries((needsConnector && data.parameters) || {}).map(([name, parameter]) => ({
      name,
      title: parameter.title,
      description: parameter.description,
      example: parameter.example,
      pattern: patternOf(parameter).source,
    })),
    connector:
      needsConnector && connector?.fits
        ? { id: connector.id, name: connector.name, baseUrl: connector.baseUrl }
        : null,
    tool: toolId === undefined ? null : { id: toolId, name: id },
  };
}

interface NamedConnector {
  id: string;
  name: string;
  baseUrl: string;
  /** Whether it calls the service. */
  fits: boolean;
}

/** The tenant's connector of this name. */
export async function serviceConnector(
  connection: TenantConnection,
  data: ServiceTemplates,
  name: string,
): Promise<NamedConnector | null> {
  const id = await findConnectorByName(connection, connection.tenantId, name);
  const row = id === null ? null : await findConnector(connection, id);
  if (!row) return null;
  const definition = readConnectorDefinition(row.definition);
  const baseUrl = definition.kind === 'rest' ? definition.baseUrl : '';
  return { id: row.id, name, baseUrl, fits: callsService(data, baseUrl) };
}
