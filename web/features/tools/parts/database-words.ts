import type { DatabaseTls } from '../../../../shared/tools/database/connection-fields.ts';
import { t } from '../../../words/words.ts';

const words: Record<DatabaseTls, string> = {
  auto: t('TLS, except for private hosts'),
  required: t('TLS always'),
  off: t('No TLS'),
};

/** How a connection to a database is protected. */
export const tlsWords = ({ tls, ca }: { tls: DatabaseTls; ca?: string | undefined }): string =>
  ca === undefined ? words[tls] : t('TLS always, with an authority of its own');
