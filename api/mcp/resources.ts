import {
  type ListResourcesResult,
  type ReadResourceResult,
  ResourceNotFoundError,
  type ResourceTemplateType,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { can } from '../../shared/identity/roles.ts';
import { InterlockError } from '../../shared/platform/error-codes.ts';
import { writeJson } from '../../shared/platform/json-text.ts';
import { readCursor, writeCursor } from '../../shared/platform/server/paging.ts';
import { toInterlockError } from '../error-shape.ts';
import type { McpRequest } from './mcp-request.ts';

const pageSize = 100;
const timelineSize = 200;
const mimeType = 'application/json';
const cursorSchema = z.tuple([z.enum(['playbooks', 'exceptions']), z.string().nullable()]);
const uriPattern = /^interlock:\/\/(exceptions|playbooks|executions)\/([\w-]{1,128})$/;

export const uriOf = (kind: 'exceptions' | 'playbooks' | 'executions', id: string): string =>
  `interlock://${kind}/${id}`;

export const resourceTemplates: ResourceTemplateType[] = [
  {
    uriTemplate: uriOf('exceptions', '{id}'),
    name: 'exception',
    title: 'Exception',
    description: 'A case with its timeline, by its ID or its number, such as EX-42',
    mimeType,
  },
  {
    uriTemplate: uriOf('playbooks', '{id}'),
    name: 'playbook',
    title: 'Playbook',
    description: 'The published version of a playbook',
    mimeType,
  },
  {
    uriTemplate: uriOf('executions', '{id}'),
    name: 'execution',
    title: 'Execution',
    description: 'An execution with its attempts',
    mimeType,
  },
];

/** Published playbooks by name, then unresolved exceptions, newest first. @throws InterlockError `invalid_input` for an invalid cursor */
export async function listResources(
  { context: { identity }, procedures }: McpRequest,
  cursor: string | undefined,
): Promise<ListResourcesResult> {
  const [of, at] = cursor === undefined ? (['playbooks', null] as const) : readCursor(cursor, cursorSchema);
  const page = { limit: pageSize, ...(at !== null && { cursor: at }) };
  const next = (kind: 'playbooks' | 'exceptions', at: string | null) => ({
    nextCursor: writeCursor([kind, at]),
  });
  if (of === 'playbooks' && can(identity, 'playbooks.read')) {
    const { items, nextCursor } = await procedures.playbooks.list({ status: 'published', ...page });
    return {
      resources: items.map(({ id, name, title, description }) => ({
        uri: uriOf('playbooks', id),
        name,
        title,
        description,
        mimeType,
      })),
      ...(nextCursor === null ? next('exceptions', null) : next('playbooks', nextCursor)),
    };
  }
  if (!can(identity, 'exceptions.read')) return { resources: [] };
  const { items, nextCursor } = await procedures.exceptions.list({ status: 'unresolved', ...page });
  return {
    resources: items.map(({ number, title, severity, status }) => ({
      uri: uriOf('exceptions', `EX-${number}`),
      name: `EX-${number}`,
      title,
      description: `Severity ${severity}, ${status.replace('_', ' ')}`,
      mimeType,
    })),
    ...(nextCursor !== null && next('exceptions', nextCursor)),
  };
}

/** @throws ResourceNotFoundError for what is not there or is another tenant's; InterlockError `forbidden` */
export async function readResource(request: McpRequest, uri: string): Promise<ReadResourceResult> {
  const [, kind = '', id = ''] = uriPattern.exec(uri) ?? [];
  const read = readers[kind];
  if (!read) throw new ResourceNotFoundError(uri);
  try {
    return { contents: [{ uri, mimeType, text: writeJson(await read(request, id)) }] };
  } catch (error) {
    const known = toInterlockError(error);
    throw known.code === 'not_found' ? new ResourceNotFoundError(uri) : known;
  }
}

const readers: Record<string, (request: McpRequest, id: string) => Promise<unknown>> = {
  async exceptions({ context: { services, identity }, procedures }, reference) {
    const id = await services.findException(identity.tenantId, reference);
    const exception = await procedures.exceptions.get({ id: id ?? reference });
    const timeline = await procedures.exceptions.timeline({ id: exception.id, limit: timelineSize });
    return { ...exception, timeline: timeline.items };
  },
  async playbooks({ procedures }, id) {
    const { name, title, description, version, document } = await procedures.playbooks.get({ id });
    if (document === null) throw new InterlockError('not_found', 'Playbook not found.');
    return { id, name, title, description, version, document };
  },
  executions: ({ procedures }, id) => procedures.executions.get({ id }),
};
