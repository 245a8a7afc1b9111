import type { DatabaseTls } from '../../../../shared/tools/database/connection-fields.ts';

const words: Record<DatabaseTls, string> = {
  auto: 'TLS, except for private hosts',
  required: 'TLS always',
  off: 'No TLS',
};

/** How a connection to a database is protected. */
export const tlsWords = ({ tls, ca }: { tls: DatabaseTls; ca?: string | undefined }): string =>
  ca === undefined ? words[tls] : 'TLS always, with an authority of its own';
