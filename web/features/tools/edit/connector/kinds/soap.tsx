import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';

export const soapForm: ConnectorKindForm = {
  label: 'SOAP service',
  start: { wsdl: '' },
  Fields: () => (
    <>
      <TextField
        pointer="/wsdl"
        label="WSDL"
        mono
        rows={8}
        required
        placeholder="<definitions …>"
        help="Its text, with its schemas in it. Nothing that it imports is fetched."
      />
      <TextField
        pointer="/endpoint"
        label="Endpoint"
        mono
        optional
        placeholder="https://api.example.com/soap"
        help="In place of the address in the WSDL."
      />
    </>
  ),
};
