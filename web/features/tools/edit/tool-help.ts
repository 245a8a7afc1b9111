import type { FormHelp } from '../../../kit/form-help/form-help.tsx';
import { t } from '../../../words/words.ts';

/** Help beside the fields of a tool. */
export const toolHelp: FormHelp = {
  '/title': {
    text: t('What people read in lists and forms. Say what a run of the tool does.'),
    example: t('Refund a payment'),
  },
  '/name': {
    text: t(
      'What playbooks, programs and agents call it. It is unique in your organization; a new name is a new version.',
    ),
    example: 'refund_payment',
  },
  '/description': {
    text: t('What the tool does, and what to know before it runs. Agents choose tools by this text.'),
    example: t('Sends money back to the payer. It cannot be undone after a day.'),
  },
  '/type': {
    text: t(
      'How the tool reaches the other system: over HTTP, as a query to a database, as an email, or as code of yours.',
    ),
    example: t('HTTP request'),
  },
  '/category': {
    text: t('Groups tools in lists. Policies and limits can be about a whole category.'),
    example: 'payments',
  },
  '/tags': {
    text: t('Further words to find tools by. Policies can be about a tag.'),
    example: t('finance, refunds'),
  },
  '/scope': {
    text: t(
      'Who sees the tool. A global tool belongs to every organization, and only platform admins change it.',
    ),
  },
  '/config/connectorId': {
    text: t(
      'A connector holds the address and the credential that several tools share. Without one, the tool has its own URL.',
    ),
  },
  '/config/method': {
    text: t(
      'What the request does: GET reads; POST, PUT, PATCH and DELETE change something. GET, PUT and DELETE are safe to send twice.',
    ),
    example: 'POST',
  },
  '/config/url': {
    text: t(
      'Where the request goes. A name in braces is replaced by that input, encoded for its place. The host is fixed.',
    ),
    example: 'https://pay.example/v1/payments/{paymentId}/refunds',
  },
  '/config/path': {
    text: t('What follows the address of the connector. A name in braces is replaced by that input.'),
    example: '/payments/{paymentId}/refunds',
  },
  '/config/bodyType': {
    text: t(
      'How the body is written. JSON suits most providers; a form is for those that ask for form fields.',
    ),
  },
  '/config/body': {
    text: t(
      'What the request sends. A text that is exactly {name} keeps the type of its input, so a number stays a number.',
    ),
    example: '{"amount": "{amount}", "reason": "{reason}"}',
  },
  '/config/responseType': {
    text: t('How the response is read. Automatic takes what its content type says.'),
  },
  '/config/transform': {
    text: t('JSONata that makes the output of the response. It sees the status, the headers and the body.'),
    example: t('body.data.{"id": id, "total": amount / 100}'),
  },
  '/config/maxResponseBytes': {
    text: t('A longer response fails the execution. Use a transform or pages for less.'),
    example: '1048576',
  },
  '/outputSchema': {
    text: t(
      'An output that does not match fails the execution, and is kept. Playbooks read the fields from it.',
    ),
  },
  '/idempotent': {
    text: t(
      'Turn it on if the provider makes one effect of any number of calls with the same key. Then a call whose outcome is unknown can be retried.',
    ),
  },
  '/serverErrors': {
    text: t(
      'What a 5xx means after a POST or PATCH: usually nobody knows whether the provider did the work.',
    ),
  },
  '/timeoutMs': {
    text: t(
      'How long one attempt may take. An attempt that takes longer ends with an unknown outcome if it may have acted.',
    ),
    example: '10 s',
  },
  '/deadlineMs': {
    text: t('How long all attempts and the waits between them may take.'),
    example: t('1 min'),
  },
  '/retry/maxAttempts': {
    text: t('How often a call that is safe to retry is tried before it fails.'),
    example: '3',
  },
  '/retry/initialMs': {
    text: t('The wait before the second attempt. Each further wait is longer by the factor.'),
    example: t('500 ms'),
  },
  '/retry/factor': {
    text: t('How much longer each wait is than the one before.'),
    example: '2',
  },
  '/retry/maxMs': {
    text: t('No wait between two attempts is longer.'),
    example: '10 s',
  },
  '/rateLimit/requestsPerMinute': {
    text: t('More executions in a minute are refused. Set it below what the provider allows.'),
    example: '60',
  },
  '/rateLimit/burst': {
    text: t('So many may come at once before the limit counts.'),
    example: '10',
  },
  '/policy/concurrency': {
    text: t('So many calls run at once; others wait for a place.'),
    example: '5',
  },
  '/undo/tool': {
    text: t('The tool that takes back what this one has done.'),
    example: 'cancel_refund',
  },
  '/undo/input': {
    text: t('What that tool is called with: a template over the input and the output of this one.'),
    example: '{"refundId": "{output.refundId}"}',
  },
  '/undo/withinMs': {
    text: t('After that it cannot be undone any more.'),
    example: t('1 day'),
  },
  '/undo/cannot': {
    text: t('What stays although it was undone. People read it before they undo.'),
    example: t('The customer has got an email.'),
  },
  '/auth/credentialId': {
    text: t(
      'A secret that is stored in the vault already. It is sent only to the hosts that it was stored for.',
    ),
  },
  '/auth/name': {
    text: t('The header or parameter that carries the key, as the provider names it.'),
    example: 'x-api-key',
  },
  '/auth/tokenUrl': {
    text: t('Where an access token is fetched with the client ID and its secret.'),
    example: 'https://auth.example/oauth/token',
  },
  '/auth/clientId': {
    text: t('What the provider calls your application. It is no secret.'),
    example: 'interlock-production',
  },
  '/auth/scope': {
    text: t('What the access token may do, as the provider names it.'),
    example: 'payments:write',
  },
};
