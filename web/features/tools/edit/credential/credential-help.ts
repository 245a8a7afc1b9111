import type { FormHelp } from '../../../../kit/form-help/form-help.tsx';
import { t } from '../../../../words/words.ts';

/** Help beside the fields of a credential. */
export const credentialHelp: FormHelp = {
  '/name': {
    text: t('What people choose it by. Name the system and the account, never the secret.'),
    example: t('Payment provider, refunds only'),
  },
  '/allowedHosts': {
    text: t('It is sent to these hosts and nowhere else, whatever a tool says.'),
    example: 'pay.example:443',
  },
  '/methods': {
    text: t('Only requests with these methods carry it. Nothing chosen: all of them.'),
    example: t('GET, POST'),
  },
  '/pathPrefixes': {
    text: t('Only requests whose path begins so carry it. Empty: all of them.'),
    example: '/v1/refunds',
  },
  '/expiresAt': {
    text: t('You are reminded before it ends, and calls with it fail afterwards.'),
    example: '2027-01-31',
  },
  '/note': {
    text: t('Who to ask for a new one, and where.'),
    example: t('Ask the payments team; rotated each quarter.'),
  },
  '/scope': {
    text: t('Who may use it. A global one is for global tools.'),
  },
  '/auth/type': {
    text: t('How the secret is sent. The documentation of the provider says it.'),
    example: t('Bearer token'),
  },
};
