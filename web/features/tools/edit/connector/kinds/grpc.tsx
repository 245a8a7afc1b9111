import { SelectField, TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { JsonPart } from '../../../../../kit/document-form/json-part.tsx';
import { FetchFromServer } from '../fetch-from-server.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';

export const grpcForm: ConnectorKindForm = {
  label: 'gRPC server',
  start: { target: '', metadata: {} },
  Fields: () => (
    <>
      <div class="grid grid-cols-[minmax(0,1fr)_180px] gap-3.5 max-sm:grid-cols-1">
        <TextField
          pointer="/target"
          label="Target"
          mono
          required
          placeholder="api.example.com:443"
          help="Host and port."
        />
        <SelectField
          pointer="/tls"
          label="TLS"
          otherwise=""
          options={[
            { value: '', label: 'Automatic' },
            { value: 'tls', label: 'Always' },
            { value: 'none', label: 'None' },
          ]}
          help="Automatic: always, except for this machine."
        />
      </div>
      <div>
        <p class="pb-1 font-medium text-sm">Metadata</p>
        <JsonPart pointer="/metadata" label="Metadata" height="96px" help="Sent with every call, as JSON." />
      </div>
      <FetchFromServer what="descriptors" />
      <TextField
        pointer="/proto"
        label=".proto files"
        mono
        rows={8}
        optional
        placeholder={'syntax = "proto3";\npackage shop.v1;'}
        help="The text of the files, one after the other. Not needed where the server has reflection."
      />
      <TextField
        pointer="/descriptors"
        label="Descriptors"
        mono
        rows={3}
        optional
        help="A FileDescriptorSet in base64, from protoc --include_imports --descriptor_set_out or from reflection. Used in place of the .proto files."
      />
    </>
  ),
};
