import { z } from 'zod';
import { anyJson } from '../../../platform/fit-numbers.ts';
import { toolFields } from '../../tool-fields.ts';

/** Of a WSDL, in characters: a request of the API has a megabyte in all. */
const maxWsdl = 900_000;
const endpoint = z.string().min(1).max(2048);

/** What describes a SOAP service: of a tool, or of its connector. */
export const soapServiceFields = {
  /** The text of the WSDL with its schemas. Nothing that it imports is fetched. */
  wsdl: z.string().max(maxWsdl).optional(),
  /** In place of the address in the WSDL. */
  endpoint: endpoint.optional(),
};

/** The values that a text may have. */
export const simpleKinds = ['string', 'boolean', 'integer', 'number', 'base64'] as const;

const simpleType = z.strictObject({
  kind: z.literal('simple'),
  of: z.enum(simpleKinds),
  /** The name in XML Schema, for the input schema. */
  xsd: z.string().max(40),
  choices: z.array(z.string().max(400)).max(1000).optional(),
});

const child = z.strictObject({
  name: z.string().max(200),
  /** Index into `namespaces`; -1: none. */
  ns: z.int().min(-1).max(200),
  /** Index into `types`. */
  type: z.int().min(0).max(5000),
  required: z.boolean().optional(),
  many: z.boolean().optional(),
  nillable: z.boolean().optional(),
  /** Alternatives: members of one group exclude each other unless they are in the same branch. */
  choice: z
    .array(z.strictObject({ group: z.int().min(0).max(100_000), branch: z.int().min(0).max(1000) }))
    .max(20)
    .optional(),
});

const complexType = z.strictObject({
  kind: z.literal('complex'),
  attributes: z
    .array(
      z.strictObject({
        name: z.string().max(200),
        ns: z.int().min(-1).max(200),
        type: z.int().min(0).max(5000),
        required: z.boolean().optional(),
      }),
    )
    .max(200),
  /** The type of its text; null: it has elements. */
  text: z.int().min(0).max(5000).nullable(),
  /** In their order. */
  children: z.array(child).max(1000),
});

const body = z.strictObject({
  /** The element in the body; null: the body is empty. */
  element: child.nullable(),
});

/** What `complete` reads of the WSDL: all that a call of the operation needs. */
const compiledSchema = z.strictObject({
  operation: z.string().max(300),
  endpoint,
  version: z.enum(['1.1', '1.2']),
  action: z.string().max(2048),
  namespaces: z.array(z.string().max(1000)).max(200),
  types: z.array(z.discriminatedUnion('kind', [simpleType, complexType])).max(5000),
  input: body,
  /** Null: the operation has no response. */
  output: body.nullable(),
});
export type CompiledOperation = z.output<typeof compiledSchema>;
export type SoapType = z.output<typeof simpleType> | z.output<typeof complexType>;
export type SoapChild = z.output<typeof child>;

const soapConfigSchema = z.strictObject({
  ...soapServiceFields,
  connectorId: z.uuid().toLowerCase().optional(),
  /** Its name, or `Port/Name` where several ports have it. */
  operation: z.string().min(1).max(300),
  /** What the operation gets, as a JSON template; left out: the input. */
  message: anyJson.optional(),
  /** Where auth of kind basic goes: into HTTP, or into the envelope as a UsernameToken of WS-Security. */
  security: z.enum(['http', 'password_text', 'password_digest']).default('http'),
  compiled: compiledSchema.optional(),
  maxResponseBytes: z.int().min(1).max(16_777_216).default(1_048_576),
});
export type SoapConfigInput = z.input<typeof soapConfigSchema>;

export const soapToolSchema = z.strictObject({
  ...toolFields,
  type: z.literal('soap'),
  config: soapConfigSchema,
});
export type SoapTool = z.output<typeof soapToolSchema>;
