import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../../words/words.ts';
import { FetchFromServer } from '../fetch-from-server.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';
import { HeadersField } from './headers-field.tsx';

export const graphqlForm: ConnectorKindForm = {
  label: 'GraphQL',
  start: { url: '', headers: {} },
  Fields: () => (
    <>
      <TextField
        pointer="/url"
        label={t('Endpoint')}
        mono
        required
        placeholder="https://api.example.com/graphql"
        help={t('Takes every query and mutation.')}
      />
      <HeadersField />
      <FetchFromServer what="schema" />
      <TextField
        pointer="/schema"
        label={t('Schema')}
        mono
        rows={8}
        optional
        placeholder="type Query { … }"
        help={t(
          'SDL, or the result of an introspection query. Documents of tools are checked against it when they are saved.',
        )}
      />
    </>
  ),
};
