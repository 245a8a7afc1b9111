import { createMemo, Show } from 'solid-js';
import { useQuery } from '../../../../../api/query.ts';
import { queries } from '../../../../../api/trpc.ts';
import { Button } from '../../../../../kit/button.tsx';
import { Diff } from '../../../../../kit/diff/diff.tsx';
import { SwitchField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { formatJson } from '../../../../../kit/json-editor/json-document.ts';
import { sameJson } from '../../../../../kit/schema-form/json-edit.ts';
import { t } from '../../../../../words/words.ts';
import { ConnectorChoice } from '../../parts/connector-choice.tsx';
import { OperationPicker } from '../../parts/operation-picker.tsx';
import { useToolForm } from '../../tool-form-state.ts';
import type { ProviderForm } from '../provider-form.ts';

export const mcpForm: ProviderForm = {
  label: t('MCP tool'),
  title: t('Tool of the server'),
  lead: t('The inputs are the arguments of the tool.'),
  Config: McpFields,
};

function McpFields() {
  const form = useToolForm();
  const connectorId = () => form.text('/config/connectorId');
  const connector = useQuery(() => ({
    ...queries.connectors.get({ id: connectorId() }),
    enabled: connectorId() !== '',
  }));
  const listed = createMemo(() => {
    const tools =
      connector.isSuccess && connector.data.kind === 'mcp' ? connector.data.serverTools : undefined;
    return tools?.find(({ name }) => name === form.text('/config/tool'));
  });
  const hint = () =>
    listed()?.annotations?.readOnlyHint
      ? t(
          'The server says that this tool only reads. Enable it if you trust that: then a call is retried, also when its response is lost.',
        )
      : t(
          'Enable it only if a second call has no effect: then a call is retried, also when its response is lost.',
        );
  return (
    <>
      <ConnectorChoice kind="mcp" own={t('Custom URL')} replaces={{ url: '' }}>
        <TextField
          pointer="/config/url"
          label={t('URL')}
          mono
          required
          placeholder="https://mcp.example.com/mcp"
        />
      </ConnectorChoice>
      <Show when={connectorId()}>
        <OperationPicker connectorId={connectorId()} />
      </Show>
      <TextField pointer="/config/tool" label={t('Tool')} mono required placeholder="search_orders" />
      <Show when={listed()}>{(tool) => <ChangedSchema schema={tool().inputSchema} />}</Show>
      <SwitchField pointer="/config/readOnly" label={t('It only reads')} help={hint()} />
    </>
  );
}

/** What the server asks for now, where that is not what the tool was made with. */
function ChangedSchema(props: { schema: Record<string, unknown> }) {
  const form = useToolForm();
  return (
    <Show when={!sameJson(props.schema, form.at('/inputSchema'))}>
      <section class="flex flex-col gap-2" aria-label={t('The inputs of the server')}>
        <p>{t('The server describes other inputs than this tool has.')}</p>
        <div class="max-h-80 overflow-auto">
          <Diff
            label={t('Inputs of this tool and of the server')}
            before={formatJson(form.at('/inputSchema') ?? {})}
            after={formatJson(props.schema)}
          />
        </div>
        <div>
          <Button onClick={() => form.set('/inputSchema', props.schema)}>
            {t('Use those of the server')}
          </Button>
        </div>
      </section>
    </Show>
  );
}
