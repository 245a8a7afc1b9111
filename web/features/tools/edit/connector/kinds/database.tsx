import { exampleUrl } from '../../../../../../shared/tools/database/database-url.ts';
import { databaseEngines, engineNames } from '../../../../../../shared/tools/database/engines.ts';
import { SelectField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { useDocumentForm } from '../../../../../kit/document-form/document-form.ts';
import { t } from '../../../../../words/words.ts';
import { DatabaseTlsFields } from '../../../parts/database-tls-fields.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';

export const databaseForm: ConnectorKindForm = {
  label: t('Database'),
  start: { engine: 'postgresql', url: '', tls: 'auto', ca: undefined },
  Fields: () => {
    const form = useDocumentForm();
    const engine = () => engineNames.find((each) => each === form.text('/engine')) ?? 'postgresql';
    return (
      <>
        <div class="max-w-80">
          <SelectField
            pointer="/engine"
            label={t('Database')}
            options={engineNames.map((value) => ({ value, label: databaseEngines[value].label }))}
          />
        </div>
        <TextField
          pointer="/url"
          label={t('URL')}
          mono
          required
          placeholder={exampleUrl(engine())}
          help={t('Host, port and database. User name and password belong under Auth.')}
        />
        <DatabaseTlsFields base="" />
      </>
    );
  },
};
