import { For, Show } from 'solid-js';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { FetchFromServer } from '../fetch-from-server.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';
import { HeadersField } from './headers-field.tsx';

export const mcpForm: ConnectorKindForm = {
  label: 'MCP server',
  start: { url: '', headers: {} },
  Fields: () => (
    <>
      <TextField
        pointer="/url"
        label="Endpoint"
        mono
        required
        placeholder="https://mcp.example.com/mcp"
        help="Of the Streamable HTTP transport."
      />
      <HeadersField />
      <FetchFromServer what="list of tools" />
      <ServerTools />
    </>
  ),
};

function ServerTools() {
  const form = useDocumentForm();
  const tools = () => {
    const found = form.at('/serverTools');
    return Array.isArray(found) ? found.filter(isObject) : [];
  };
  return (
    <Show
      when={tools().length > 0}
      fallback={<p class="text-faint text-sm">No tools have been fetched yet.</p>}
    >
      <ul class="border-t" aria-label="Tools of the server">
        <For each={tools()}>
          {(tool) => (
            <li class="border-b py-1.5">
              <code class="font-mono text-sm">{String(tool.name)}</code>{' '}
              <span class="text-muted text-sm">{String(tool.title ?? tool.description ?? '')}</span>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
