import type { TlsMode } from '../../../../shared/tools/providers/email/config.ts';
import { mailHost, tlsOf } from '../../../../shared/tools/providers/email/mail-server.ts';
import { t } from '../../../words/words.ts';

const tlsWords: Record<TlsMode, string> = {
  implicit: t('TLS from the start'),
  starttls: t('STARTTLS required'),
  none: t('no encryption'),
};

/** "smtp.example.com:587, STARTTLS required" */
export const mailServerWords = (server: Parameters<typeof mailHost>[0]): string =>
  `${mailHost(server) ?? ''}, ${tlsWords[tlsOf(server)]}`;
