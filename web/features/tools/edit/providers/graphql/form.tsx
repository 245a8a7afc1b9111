import { Show } from 'solid-js';
import { useQuery } from '../../../../../api/query.ts';
import { queries } from '../../../../../api/trpc.ts';
import { Button } from '../../../../../kit/button.tsx';
import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { toast } from '../../../../../shell/toasts.tsx';
import { said } from '../../../../../words/said.ts';
import { t } from '../../../../../words/words.ts';
import { PairRows } from '../../pair-rows.tsx';
import { ConnectorChoice } from '../../parts/connector-choice.tsx';
import { OperationPicker } from '../../parts/operation-picker.tsx';
import { useToolForm } from '../../tool-form-state.ts';
import type { ProviderForm } from '../provider-form.ts';

export const graphqlForm: ProviderForm = {
  label: 'GraphQL',
  title: t('Operation'),
  lead: t('The inputs are the variables of the operation, by their names.'),
  Config: GraphqlFields,
};

function GraphqlFields() {
  const form = useToolForm();
  const connectorId = () => form.text('/config/connectorId');
  const connector = useQuery(() => ({
    ...queries.connectors.get({ id: connectorId() }),
    enabled: connectorId() !== '',
  }));
  const schema = () =>
    connector.isSuccess && connector.data.kind === 'graphql' ? connector.data.schema : undefined;
  const takeInputs = async () => {
    const { deriveInputs } = await import(
      '../../../../../../shared/tools/providers/graphql/derive-inputs.ts'
    );
    const name = form.text('/config/operationName') || undefined;
    const derived = deriveInputs(form.text('/config/document'), name, schema());
    if ('problem' in derived) toast(t`The inputs stay as they are. ${said(derived.problem)}`);
    else form.set('/inputSchema', derived.inputSchema);
  };
  return (
    <>
      <ConnectorChoice kind="graphql" own={t('Custom URL')} replaces={{ url: '' }}>
        <TextField
          pointer="/config/url"
          label={t('URL')}
          mono
          required
          placeholder="https://api.example.com/graphql"
        />
      </ConnectorChoice>
      <Show when={schema()}>
        <OperationPicker connectorId={connectorId()} />
      </Show>
      <TextField
        pointer="/config/document"
        label={t('Document')}
        mono
        rows={10}
        required
        placeholder={'query Order($id: ID!) {\n  order(id: $id) { id status }\n}'}
        help={
          schema()
            ? t('It is checked against the schema of the connector.')
            : t('Without a connector that has a schema, only its syntax is checked.')
        }
      />
      <div class="flex flex-wrap items-end gap-3.5">
        <div class="w-80 max-w-full">
          <TextField
            pointer="/config/operationName"
            label={t('Operation name')}
            mono
            optional
            help={t('Required where the document has several.')}
          />
        </div>
        <div class="pb-6">
          <Button onClick={() => void takeInputs()}>{t('Take the inputs from the document')}</Button>
        </div>
      </div>
      <PairRows
        pointer="/config/headers"
        label={t('Headers')}
        one={t('header')}
        namePlaceholder="accept-language"
        optional
      />
    </>
  );
}
