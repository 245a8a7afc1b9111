import type { FormHelp } from '../../../../kit/form-help/form-help.tsx';
import { t } from '../../../../words/words.ts';

/** Help beside the fields of a connector. */
export const connectorHelp: FormHelp = {
  '/title': {
    text: t('What people read. Name the system and the environment.'),
    example: t('Payments (production)'),
  },
  '/name': {
    text: t('What definitions call it.'),
    example: 'payments',
  },
  '/kind': {
    text: t('What the connector reaches. It decides what tools can do with it, and does not change later.'),
  },
  '/baseUrl': {
    text: t('The address that all its tools share. The path of each tool follows it.'),
    example: 'https://pay.example/v1',
  },
  '/endpoint': {
    text: t('The one address of a GraphQL or SOAP service.'),
    example: 'https://shop.example/graphql',
  },
  '/target': {
    text: t('Host and port of a gRPC service.'),
    example: 'inventory.example:443',
  },
  '/timeoutMs': {
    text: t('For tools that set none: how long one attempt may take.'),
    example: '10 s',
  },
  '/rateLimit/requestsPerMinute': {
    text: t('For tools that set none, each for itself.'),
    example: '60',
  },
  '/policy/rateLimit/requestsPerMinute': {
    text: t('All tools of the connector together. Set it below what the provider allows.'),
    example: '600',
  },
  '/policy/concurrency': {
    text: t('So many calls of all its tools run at once; others wait.'),
    example: '20',
  },
  '/propagateTrace': {
    text: t('The provider gets an ID with which its traces continue ours.'),
  },
  '/scope': {
    text: t('Who sees the connector. A global one belongs to every organization.'),
  },
  '/auth/credentialId': {
    text: t(
      'A secret that is stored in the vault already. It is sent only to the hosts that it was stored for.',
    ),
  },
};
