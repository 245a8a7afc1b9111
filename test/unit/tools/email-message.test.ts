import { describe, expect, test } from 'vitest';
import type { InterlockError } from '../../../shared/platform/error-codes.ts';
import type { JsonValue } from '../../../shared/platform/json.ts';
import { smtpConnector } from '../../../shared/tools/connectors/smtp/definition.ts';
import { emailProvider } from '../../../shared/tools/providers/email/definition.ts';
import {
  addressProblem,
  type Mailbox,
  readMailboxes,
  splitMailbox,
  writeMailboxes,
} from '../../../shared/tools/providers/email/mailboxes.ts';

const names = ['to', 'name', 'subject', 'body', 'files', 'case', 'more'];
const inputSchema = { type: 'object', properties: Object.fromEntries(names.map((each) => [each, {}])) };
const every = { text: names.map((each) => `{${each}}`).join(' ') };

function tool(config: Record<string, unknown> = {}, more: object = {}) {
  return emailProvider.schema.parse({
    name: 'send_mail',
    type: 'email',
    inputSchema,
    config: { host: 'mail.example', from: 'Acme <desk@acme.example>', to: '{to}', ...every, ...config },
    ...more,
  });
}
const render = (config: Record<string, unknown>, input: JsonValue) =>
  emailProvider.render(tool(config), input);
const issuesOf = (config: Record<string, unknown>, input: JsonValue) => {
  try {
    render(config, input);
    return [];
  } catch (error) {
    return (error as InterlockError).issues?.map(({ path }) => path);
  }
};

describe('the message of an email tool', () => {
  test('is what its templates say, with addresses as headers', () => {
    const config = {
      port: 2525,
      to: ['{name} <{to}>', { name: 'The "desk", night', address: 'night@acme.example' }],
      cc: '{more}',
      replyTo: 'desk@acme.example',
      subject: 'Case {case}: {subject}',
      headers: { 'X-Case': '{case}', 'X-None': '{files}' },
      text: 'Dear {name},\n{body}',
      html: '<p>{body}</p>',
    };
    const more = ['a@b.example', { name: 'Zoë', address: 'zoe@b.example' }];
    const input = { name: 'Díaz, Ana', to: 'ana@b.example', more, case: 7, subject: 'ü', body: '<b>"&\'' };
    expect(render(config, input)).toEqual({
      method: 'SEND',
      url: 'smtp://mail.example:2525',
      headers: {
        From: 'Acme <desk@acme.example>',
        To: '"Díaz, Ana" <ana@b.example>, "The \\"desk\\", night" <night@acme.example>',
        Cc: 'a@b.example, Zoë <zoe@b.example>',
        'Reply-To': 'desk@acme.example',
        Subject: 'Case 7: ü',
        'X-Case': '7',
      },
      body: {
        text: 'Dear Díaz, Ana,\n<b>"&\'',
        html: '<p>&lt;b&gt;&quot;&amp;&#39;</p>',
      },
      bodyType: 'json',
    });
  });

  test('absent inputs leave out their address and their header, and are nothing in a text', () => {
    const config = {
      to: ['a@b.example', '{to}', '{name} <{more}>'],
      subject: '{subject}!',
      text: 'Hi {name}',
    };
    expect(render(config, {})).toMatchObject({
      headers: { To: 'a@b.example', Subject: '!' },
      body: { text: 'Hi ' },
    });
  });

  test.each([
    [
      'a line break in a subject',
      { to: 'a@b.example', subject: 'Re: {subject}' },
      { subject: 'x\r\nBcc: all@b.example' },
      '/subject',
    ],
    [
      'a line break in a header',
      { to: 'a@b.example', headers: { 'X-Case': '{case}' } },
      { case: '1\nX: 2' },
      '/case',
    ],
    ['a line break in a name', { to: '{name} <a@b.example>' }, { name: 'a\rb' }, '/name'],
    ['a NUL in a subject', { to: 'a@b.example', subject: '{subject}' }, { subject: 'a\0b' }, '/subject'],
    ['two addresses in the place of one', { to: 'N <{to}>' }, { to: 'a@b.example>, <c@b.example' }, '/to'],
    ['a list in a text', { to: '{to}' }, { to: 'a@b.example, c@b.example' }, '/to'],
    ['a comment', { to: '{to}' }, { to: 'a@b.example(c)' }, '/to'],
    ['an address with a line break', { to: '{to}' }, { to: 'a@b.example\r\nRCPT TO:<c@b.example>' }, '/to'],
    ['no address', { to: '{to}' }, { to: 'someone' }, '/to'],
    ['one of a list', { to: '{to}' }, { to: ['a@b.example', 'c'] }, '/to/1'],
    ['a name of an object', { to: '{to}' }, { to: { name: 'a\nb', address: 'a@b.example' } }, '/to'],
    ['a number', { to: '{to}' }, { to: 5 }, '/to'],
    ['no recipient', { to: '{to}' }, {}, ''],
    ['101 recipients', { to: '{to}' }, { to: Array(101).fill('a@b.example') }, ''],
    [
      'content that is not base64',
      { to: 'a@b.example', attachments: '{files}' },
      { files: [{ filename: 'a', content: '***' }] },
      '/files/0',
    ],
    [
      'a filename with a line break',
      { to: 'a@b.example', attachments: '{files}' },
      { files: { filename: 'a\r\nX: 1', content: '' } },
      '/files',
    ],
    [
      'a content type with a header',
      { to: 'a@b.example', attachments: '{files}' },
      { files: { filename: 'a', content: '', contentType: 'a/b\r\nX: 1' } },
      '/files',
    ],
    [
      'a file without a name',
      { to: 'a@b.example', attachments: ['{files}'] },
      { files: { content: '' } },
      '/files',
    ],
  ])('%s is refused at its place', (_what, config, input, path) => {
    expect(issuesOf(config, input)).toEqual([path]);
  });

  test('attachments are files of the definition, of an input, or a list of both', () => {
    const attachments = [
      { filename: 'case-{case}.txt', contentType: 'text/plain', content: '{body}' },
      '{files}',
    ];
    const input = {
      to: 'a@b.example',
      case: 1,
      body: 'aGk=',
      files: [{ filename: 'ä.bin', content: 'AP8=' }],
    };
    expect(render({ attachments }, input).body).toMatchObject({
      attachments: [
        { filename: 'case-1.txt', contentType: 'text/plain', content: 'aGk=' },
        { filename: 'ä.bin', contentType: 'application/octet-stream', content: 'AP8=' },
      ],
    });
  });

  test('a redacted address can be shown', () => {
    expect(render({}, { to: '[redacted:email]' }).headers.To).toBe('[redacted:email]');
  });
});

describe('mailboxes', () => {
  test.each<[string, Mailbox[]]>([
    ['nothing', []],
    ['an address', [{ name: '', address: 'a@b.example' }]],
    [
      'odd names',
      ['"', '\\', ',', 'a <b@c.example>', '\\"', 'Ana.', ' ', '<', 'ü, "ö" \\', "O'Neil-Smith"].map(
        (name) => ({ name, address: 'x@y.example' }),
      ),
    ],
    ['a mark', [{ name: '[redacted]', address: '[redacted:email]' }]],
  ])('what is written is read back: %s', (_what, mailboxes) => {
    expect(readMailboxes(writeMailboxes(mailboxes))).toEqual(mailboxes);
  });

  test('any name is read back', () => {
    const letters = ['"', '\\', ',', ' ', '<', '>', '@', 'a', 'ü', '.', "'", ';', '(', '\t'];
    for (let round = 0; round < 2_000; round++) {
      const name = Array.from(
        { length: round % 9 },
        () => letters[Math.floor(Math.random() * letters.length)],
      ).join('');
      const mailboxes = [
        { name, address: 'x@y.example' },
        { name: '', address: 'z@y.example' },
      ];
      expect(readMailboxes(writeMailboxes(mailboxes)), JSON.stringify(name)).toEqual(mailboxes);
    }
  });

  test('a text is one mailbox', () => {
    expect(splitMailbox('Ana Díaz <ana@b.example>')).toEqual({ name: 'Ana Díaz', address: 'ana@b.example' });
    expect(splitMailbox('"Díaz, \\"A\\"" <ana@b.example>')).toEqual({
      name: 'Díaz, "A"',
      address: 'ana@b.example',
    });
    expect(splitMailbox(' ana@b.example ')).toEqual({ name: '', address: 'ana@b.example' });
    expect(addressProblem(splitMailbox('a <b@c.example> <d@e.example>').address)).not.toBeNull();
  });

  test.each([
    ['ana.diaz+x@b-c.example', true],
    ['ana@localhost', true],
    ['josé@correo.example', true],
    ['a@bücher.example', true],
    ['@b.example', false],
    ['a@', false],
    ['a@b@c.example', false],
    ['a b@c.example', false],
    ['a@b..example', false],
    ['.a@b.example', false],
    ['"a"@b.example', false],
    ['a@[127.0.0.1]', false],
    [`${'a'.repeat(65)}@b.example`, false],
    [`a@${'b'.repeat(64)}.example`, false],
  ])('%s is an address: %s', (address, valid) => {
    expect(addressProblem(address) === null).toBe(valid);
  });
});

describe('an email tool', () => {
  const check = (config: Record<string, unknown>, more: object = {}) =>
    emailProvider.check(tool(config, more)).map(({ path }) => path);
  const basic = { type: 'basic', username: 'desk', password: 'x' };
  const connectorId = '01900000-0000-7000-8000-000000000000';

  test('that is complete has no problem', () => {
    expect(check({})).toEqual([]);
    expect(check({ to: ['a@b.example', '{name} <{to}>'], html: '<p>{body}</p>' }, { auth: basic })).toEqual(
      [],
    );
    expect(check({ host: undefined, from: undefined, connectorId })).toEqual([]);
  });

  test.each<[string, Record<string, unknown>, object, string]>([
    ['no host', { host: undefined }, {}, '/config/host'],
    ['a URL for a host', { host: 'smtp://mail.example' }, {}, '/config/host'],
    ['a template for a host', { host: '{to}.example' }, {}, '/config/host'],
    ['a host and a connector', { connectorId }, {}, '/config/host'],
    ['no sender', { from: undefined }, {}, '/config/from'],
    ['a sender that is no address', { from: 'Acme' }, {}, '/config/from'],
    ['no recipient', { to: undefined }, {}, '/config/to'],
    ['a recipient that is no address', { to: ['{to}', 'x'] }, {}, '/config/to/1'],
    ['an address of an object', { to: { address: 'x' } }, {}, '/config/to/address'],
    ['a name with a line break', { to: { name: 'a\nb', address: '{to}' } }, {}, '/config/to/name'],
    ['a line break in the subject', { subject: 'a\nb' }, {}, '/config/subject'],
    ['a header with its own field', { headers: { BCC: 'x@y.example' } }, {}, '/config/headers/BCC'],
    ['a header that Interlock sets', { headers: { 'Message-Id': '1' } }, {}, '/config/headers/Message-Id'],
    ['a header name with a space', { headers: { 'X Y': '1' } }, {}, '/config/headers/X Y'],
    ['a line break in a header', { headers: { X: 'a\r\nb' } }, {}, '/config/headers/X'],
    ['an unknown input', { subject: '{unknown}' }, {}, '/config/subject'],
    ['a template that is not well formed', { subject: '{' }, {}, '/config/subject'],
    ['an attachment that is text', { attachments: 'a.txt' }, {}, '/config/attachments'],
    ['a password without TLS', { tls: 'none' }, { auth: basic }, '/config/tls'],
    ['a certificate that is none', { ca: 'x' }, {}, '/config/ca'],
    ['a secret in the text', { text: `${every.text} password=hunter2` }, {}, '/config/text'],
  ])('with %s is refused at its place', (_what, config, more, path) => {
    expect(check(config, more)).toEqual([path]);
  });

  test('that leaves an input without a place, or has no text, is refused', () => {
    expect(check({ text: '{to}' })).toContain('/inputSchema/properties/files');
    expect(check({ text: undefined })[0]).toBe('/config/text');
  });

  test('has the port of its TLS mode, and is sent once unless the server drops repeated messages', () => {
    expect(emailProvider.hosts(tool())).toEqual(['mail.example:587']);
    expect(emailProvider.hosts(tool({ tls: 'implicit' }))).toEqual(['mail.example:465']);
    expect(emailProvider.hosts(tool({ host: '[::1]', port: 25 }))).toEqual(['[::1]:25']);
    expect(emailProvider.retrySafety(tool()).safe).toBe(false);
    expect(emailProvider.retrySafety(tool({}, { idempotent: true })).safe).toBe(true);
  });

  test('takes server and sender from its connector', () => {
    const connector = smtpConnector.schema.parse({
      name: 'mail',
      kind: 'smtp',
      host: 'smtp.acme.example',
      tls: 'implicit',
      from: 'Acme <acme@acme.example>',
    });
    const { fold } = emailProvider.connector;
    expect(fold({ connectorId, to: 'a@b.example' }, connector)).toMatchObject({
      host: 'smtp.acme.example',
      tls: 'implicit',
      from: 'Acme <acme@acme.example>',
    });
    expect(fold({ connectorId, from: 'x@y.example' }, connector).from).toBe('x@y.example');
    expect(smtpConnector.check({ ...connector, from: 'nobody' }).map(({ path }) => path)).toEqual(['/from']);
    const unsafe = smtpConnector.schema.parse({ ...connector, tls: 'none', auth: basic });
    expect(smtpConnector.check(unsafe).map(({ path }) => path)).toEqual(['/tls']);
  });
});
