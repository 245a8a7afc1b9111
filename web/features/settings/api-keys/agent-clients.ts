import { t } from '../../../words/words.ts';

interface AgentClient {
  name: string;
  /** Where its configuration goes. */
  where: string;
  language: 'json' | 'text';
  config(endpoint: string): string;
}

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const keyFromEnvironment = t('Put the key into the environment variable INTERLOCK_API_KEY.');

/** Clients of the Model Context Protocol, and how they are told of an endpoint with a key. None of these holds the key. */
export const agentClients: AgentClient[] = [
  {
    name: t('Claude Code'),
    where: t`Run it in a terminal. ${keyFromEnvironment}`,
    language: 'text',
    config: (endpoint) =>
      `claude mcp add --transport http interlock ${endpoint} --header "Authorization: Bearer $INTERLOCK_API_KEY"`,
  },
  {
    name: t('VS Code'),
    where: t('In .vscode/mcp.json. VS Code asks for the key once, and keeps it.'),
    language: 'json',
    config: (url) =>
      json({
        inputs: [
          { type: 'promptString', id: 'interlock-key', description: t('Interlock API key'), password: true },
        ],
        servers: {
          interlock: { type: 'http', url, headers: { Authorization: `Bearer \${input:interlock-key}` } },
        },
      }),
  },
  {
    name: 'Cursor',
    where: t`In .cursor/mcp.json. ${keyFromEnvironment}`,
    language: 'json',
    config: (url) =>
      json({
        mcpServers: { interlock: { url, headers: { Authorization: `Bearer \${env:INTERLOCK_API_KEY}` } } },
      }),
  },
  {
    name: t('Other'),
    where: t('Any client that sends a header over Streamable HTTP.'),
    language: 'text',
    config: (endpoint) => `POST ${endpoint}\nAuthorization: Bearer <API key>`,
  },
];
