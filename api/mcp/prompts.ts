import {
  type GetPromptResult,
  type ListPromptsResult,
  type Prompt,
  type PromptArgument,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import { can } from '../../shared/identity/roles.ts';
import { isObject } from '../../shared/platform/schema-properties.ts';
import { playbookDocumentSchema } from '../../shared/playbooks/playbook-document.ts';
import type { McpRequest } from './mcp-request.ts';
import { playbookPrompt } from './playbook-prompt.ts';
import { readResource, uriOf } from './resources.ts';

const pageSize = 50;
/** Whose case the playbook is worked through for. An input of a playbook with this name is another thing, and is left out. */
const exceptionArgument: PromptArgument = {
  name: 'exception',
  description: 'The case to work on, such as EX-42',
  required: false,
};

/** Published playbooks by name. */
export async function listPrompts(
  { context: { identity }, procedures }: McpRequest,
  cursor: string | undefined,
): Promise<ListPromptsResult> {
  if (!can(identity, 'playbooks.read')) return { prompts: [] };
  const { items, nextCursor } = await procedures.playbooks.list({
    status: 'published',
    limit: pageSize,
    ...(cursor !== undefined && { cursor }),
  });
  const prompts: Prompt[] = [];
  // One after the other: a request must not take every connection of the pool.
  for (const { id, name, title, description } of items) {
    const { document } = await procedures.playbooks.get({ id });
    prompts.push({ name, title, description, arguments: argumentsOf(document?.inputSchema) });
  }
  return { prompts, ...(nextCursor !== null && { nextCursor }) };
}

/** @throws ProtocolError for a playbook that is not there, or is not published */
export async function getPrompt(
  request: McpRequest,
  name: string,
  given: Record<string, string>,
): Promise<GetPromptResult> {
  const found = await findPlaybook(request, name);
  if (!found?.document) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt: ${name}`);
  const document = playbookDocumentSchema.parse(found.document);
  const inputs = Object.entries(given).filter(([key]) => key !== exceptionArgument.name);
  const { exception } = given;
  const [about] =
    exception === undefined
      ? []
      : (await readResource(request, uriOf('exceptions', exception.trim()))).contents;
  return {
    description: document.description || document.title,
    messages: [
      {
        role: 'user',
        content: {
          type: 'text',
          text: playbookPrompt(document, { inputs, uri: uriOf('playbooks', found.id) }),
        },
      },
      ...(about ? [{ role: 'user' as const, content: { type: 'resource' as const, resource: about } }] : []),
    ],
  };
}

async function findPlaybook({ procedures }: McpRequest, name: string) {
  let cursor: string | undefined;
  do {
    const page = await procedures.playbooks.list({
      status: 'published',
      q: name,
      limit: 200,
      ...(cursor && { cursor }),
    });
    const found = page.items.find((playbook) => playbook.name === name);
    if (found) return procedures.playbooks.get({ id: found.id });
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return null;
}

function argumentsOf(schema: unknown): PromptArgument[] {
  const { properties, required } = isObject(schema) ? schema : {};
  const named = Object.entries(isObject(properties) ? properties : {}).filter(
    ([name]) => name !== exceptionArgument.name,
  );
  return [
    ...named.map(([name, part]) => ({
      name,
      ...(isObject(part) && typeof part.description === 'string' && { description: part.description }),
      required: Array.isArray(required) && required.includes(name),
    })),
    exceptionArgument,
  ];
}
