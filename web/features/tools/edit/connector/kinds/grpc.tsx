import { SelectField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { JsonPart } from '../../../../../kit/document-form/json-part.tsx';
import { t } from '../../../../../words/words.ts';
import { FetchFromServer } from '../fetch-from-server.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';

export const grpcForm: ConnectorKindForm = {
  label: t('gRPC server'),
  start: { target: '', metadata: {} },
  Fields: () => (
    <>
      <div class="grid grid-cols-[minmax(0,1fr)_180px] gap-3.5 max-sm:grid-cols-1">
        <TextField
          pointer="/target"
          label={t('Target')}
          mono
          required
          placeholder="api.example.com:443"
          help={t('Host and port.')}
        />
        <SelectField
          pointer="/tls"
          label={t('TLS')}
          otherwise=""
          options={[
            { value: '', label: t('Automatic') },
            { value: 'tls', label: t('Always') },
            { value: 'none', label: t('None') },
          ]}
          help={t('Automatic: always, except for this machine.')}
        />
      </div>
      <div>
        <p class="pb-1 font-medium text-sm">{t('Metadata')}</p>
        <JsonPart
          pointer="/metadata"
          label={t('Metadata')}
          height="96px"
          help={t('Sent with every call, as JSON.')}
        />
      </div>
      <FetchFromServer what="descriptors" />
      <TextField
        pointer="/proto"
        label=".proto files"
        mono
        rows={8}
        optional
        placeholder={'syntax = "proto3";\npackage shop.v1;'}
        help={t('The text of the files, one after the other. Not needed where the server has reflection.')}
      />
      <TextField
        pointer="/descriptors"
        label={t('Descriptors')}
        mono
        rows={3}
        optional
        help={t(
          'A FileDescriptorSet in base64, from protoc --include_imports --descriptor_set_out or from reflection. Used in place of the .proto files.',
        )}
      />
    </>
  ),
};
