import type { VersionNegotiationMode } from '@modelcontextprotocol/client';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/** An agent: the official client, of the present revision of the protocol or of those before it. */
export async function connectAgent(
  url: string,
  key: string,
  mode: VersionNegotiationMode = { pin: '2026-07-28' },
): Promise<Client> {
  const client = new Client({ name: 'test agent', version: '1' }, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: { authorization: `Bearer ${key}` } },
  });
  await client.connect(transport);
  return client;
}

/** The text of a result. */
export const textOf = (result: { content?: unknown }): string =>
  (result.content as { type: string; text?: string }[]).map(({ text }) => text ?? '').join('\n');
