import { TextField } from '../../../../../kit/document-form/bound-fields.tsx';
import { t } from '../../../../../words/words.ts';
import { MailServerFields } from '../../providers/email/mail-server-fields.tsx';
import type { ConnectorKindForm } from './connector-kind-form.ts';

export const smtpForm: ConnectorKindForm = {
  label: t('Mail server (SMTP)'),
  start: { host: '', port: undefined, tls: 'starttls', ca: undefined, from: undefined },
  Fields: () => (
    <>
      <MailServerFields base="" />
      <TextField
        pointer="/from"
        label={t('From')}
        mono
        optional
        placeholder="Acme Support <support@acme.example>"
        help={t('The sender of tools that name none.')}
      />
    </>
  ),
};
