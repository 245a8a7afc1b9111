import { z } from 'zod';
import { parseTemplate } from '../../template.ts';
import { toolFields } from '../../tool-fields.ts';

/** `implicit`: TLS from the first byte. `starttls`: required before anything else. `none`: in clear text. */
export const tlsModes = ['implicit', 'starttls', 'none'] as const;
export type TlsMode = (typeof tlsModes)[number];

/** Where mail is handed over. A connector has the same fields. */
export const mailServerFields = {
  /** A name, an IPv4 address or a bracketed IPv6 address. */
  host: z.string().min(1).max(253),
  /** Left out: 465 for implicit TLS, else 587. */
  port: z.int().min(1).max(65_535).optional(),
  tls: z.enum(tlsModes).optional(),
  /** Certificates (PEM) of the authorities of a server that public ones have not certified. */
  ca: z.string().max(65_536).optional(),
};

/** `ana@acme.example`, `Ana Díaz <ana@acme.example>`, or exactly `{input}`; as an object, the name may hold anything. */
const mailboxTemplate = z.union([
  z.string().min(1).max(1024),
  z.strictObject({ name: z.string().max(512).optional(), address: z.string().min(1).max(512) }),
]);
export type MailboxTemplate = z.output<typeof mailboxTemplate>;
const mailboxTemplates = z.union([mailboxTemplate, z.array(mailboxTemplate).max(100)]);

const attachmentTemplate = z.strictObject({
  filename: z.string().min(1).max(255),
  contentType: z.string().max(255).optional(),
  /** Base64. */
  content: z.string(),
});

/** `{name}` is replaced by the input of that name. */
const emailConfigSchema = z.strictObject({
  connectorId: z.uuid().toLowerCase().optional(),
  ...mailServerFields,
  host: mailServerFields.host.optional(),
  from: mailboxTemplate.optional(),
  to: mailboxTemplates.optional(),
  cc: mailboxTemplates.optional(),
  bcc: mailboxTemplates.optional(),
  replyTo: mailboxTemplates.optional(),
  subject: z.string().max(1024).default(''),
  text: z.string().max(262_144).optional(),
  /** Inputs are escaped. */
  html: z.string().max(262_144).optional(),
  headers: z.record(z.string(), z.string().max(2048)).optional(),
  /** Objects, or exactly `{input}` for an input that is one or a list of them. */
  attachments: z
    .union([
      z.string().min(1).max(256),
      z.array(z.union([z.string().min(1).max(256), attachmentTemplate])).max(50),
    ])
    .optional(),
});
export type EmailConfig = z.output<typeof emailConfigSchema>;
export type EmailConfigInput = z.input<typeof emailConfigSchema>;

export const emailToolSchema = z.strictObject({
  ...toolFields,
  type: z.literal('email'),
  config: emailConfigSchema,
});
export type EmailTool = z.output<typeof emailToolSchema>;

/** One or several. */
export const listOf = <T>(value: T | T[] | undefined): T[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

/** The input that a template is exactly the name of; null for any other text. */
export function onlyInput(template: string): string | null {
  const [part, ...more] = parseTemplate(template);
  return part && 'name' in part && more.length === 0 ? part.name : null;
}
