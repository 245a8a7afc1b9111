import type { JsonObject, JsonValue } from '../platform/json.ts';

/** What a person is asked for when the first tool of a service is installed. `{name}` stands for it in the connector. */
export interface TemplateParameter {
  title: string;
  description: string;
  example: string;
  /** A regular expression that the whole value fits. Left out: letters, digits, dots and hyphens. */
  pattern?: string;
}

/** Auth without its secret; texts may name parameters. */
interface TemplateAuth {
  type:
    | 'none'
    | 'api_key'
    | 'api_keys'
    | 'bearer'
    | 'basic'
    | 'oauth2_client_credentials'
    | 'oauth2_authorization_code'
    | 'aws_sigv4';
  [setting: string]: string | readonly { in: 'header' | 'query'; name: string }[];
}

export const templateCategories = [
  'ai',
  'analytics',
  'calendar',
  'cloud',
  'commerce',
  'communication',
  'crm',
  'development',
  'email',
  'files',
  'identity',
  'incidents',
  'marketing',
  'monitoring',
  'payments',
  'projects',
  'support',
] as const;
type TemplateCategory = (typeof templateCategories)[number];

/** A ready-made tool: one call of a service. */
export interface ToolTemplate {
  title: string;
  description: string;
  /** What the credential must be allowed to do, in the words of the service. */
  scopes: readonly string[];
  /** The provider's own page about this call. */
  reference: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Instead of that of the service: the tool has no connector, and sends no credential. */
  baseUrl?: string;
  /** After the base URL. */
  path: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: JsonValue;
  bodyType?: 'json' | 'form' | 'multipart' | 'text' | 'binary';
  transform?: string;
  /** The service reads only, or keeps to one Idempotency-Key: a second call does no more than the first. */
  idempotent?: true;
  /** Schemas of the inputs, by name. */
  inputs: Record<string, JsonObject>;
  required: readonly string[];
  output: JsonObject;
  /** Inputs to try it with. */
  sample: JsonObject;
}

/** A service with its ready-made tools: plain data. */
export interface ServiceTemplates {
  /** Also the name of the connector. */
  service: string;
  title: string;
  category: TemplateCategory;
  /** May name parameters. */
  baseUrl: string;
  headers?: Record<string, string>;
  auth: TemplateAuth;
  /** Where a person finds the credential. */
  credential: string;
  parameters?: Record<string, TemplateParameter>;
  /** By the name that the tool gets. */
  tools: Record<string, ToolTemplate>;
}

/** One ready-made tool, with its service. */
export interface Template {
  id: string;
  data: ServiceTemplates;
  tool: ToolTemplate;
}
