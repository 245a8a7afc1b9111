import type { JsonObject } from '../../shared/platform/json.ts';
import type { Template } from '../../shared/templates/template-data.ts';
import { connectorDefinition, toolDefinition } from '../../shared/templates/template-definitions.ts';
import { connectorDefinitionSchema } from '../../shared/tools/connectors/registry.ts';
import { renderRequest } from '../../shared/tools/providers/registry.ts';
import type { RenderedRequest } from '../../shared/tools/providers/rendered-request.ts';
import { resolveTool } from '../../shared/tools/resolve-tool.ts';
import type { ToolDefinition, ToolDefinitionInput } from '../../shared/tools/tool-definition.ts';

const connectorId = '0192f0c1-7a00-7000-8000-000000000003';

export const exampleParameters = ({ data }: Template): Record<string, string> =>
  Object.fromEntries(Object.entries(data.parameters ?? {}).map(([name, { example }]) => [name, example]));

/** What a person says of the auth, apart from the secret. */
const ownSettings: Record<string, Record<string, string>> = {
  basic: { username: 'someone' },
  oauth2_client_credentials: { clientId: 'client' },
  oauth2_authorization_code: { clientId: 'client' },
};

/** The connector of a template, with example parameters and without a secret. */
export function templateConnector(template: Template) {
  const { auth, ...definition } = connectorDefinition(template.data, exampleParameters(template));
  return connectorDefinitionSchema.parse({
    ...definition,
    name: template.data.service,
    auth: { ...ownSettings[template.data.auth.type], ...auth },
  });
}

/** The tool of a template, with its connector folded in. */
export function templateTool(template: Template): ToolDefinition {
  const needsConnector = template.tool.baseUrl === undefined;
  const written = toolDefinition(
    template.data,
    template.id,
    template.tool,
    needsConnector ? connectorId : null,
  );
  return resolveTool(written as ToolDefinitionInput, needsConnector ? templateConnector(template) : null);
}

/** The request of a template, with its sample or other inputs. */
export const templateRequest = (
  template: Template,
  inputs: JsonObject = template.tool.sample,
): RenderedRequest => renderRequest(templateTool(template), inputs);
