import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { MailServerFields } from '../../providers/email/mail-server-fields.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';

export const smtpForm: ConnectorKindForm = {
  label: 'Mail server (SMTP)',
  start: { host: '', port: undefined, tls: 'starttls', ca: undefined, from: undefined },
  Fields: () => (
    <>
      <MailServerFields base="" />
      <TextField
        pointer="/from"
        label="From"
        mono
        optional
        placeholder="Acme Support <support@acme.example>"
        help="The sender of tools that name none."
      />
    </>
  ),
};
