import { For, Show } from 'solid-js';
import { isObject } from '../../../../../../shared/platform/schema-properties.ts';
import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { t } from '../../../../../words/words.ts';
import { FetchFromServer } from '../fetch-from-server.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';
import { HeadersField } from './headers-field.tsx';

export const mcpForm: ConnectorKindForm = {
  label: t('MCP server'),
  start: { url: '', headers: {} },
  Fields: () => (
    <>
      <TextField
        pointer="/url"
        label={t('Endpoint')}
        mono
        required
        placeholder="https://mcp.example.com/mcp"
        help={t('Of the Streamable HTTP transport.')}
      />
      <HeadersField />
      <FetchFromServer what={t('list of tools')} />
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
      fallback={<p class="text-faint text-sm">{t('No tools have been fetched yet.')}</p>}
    >
      <ul class="border-t" aria-label={t('Tools of the server')}>
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
