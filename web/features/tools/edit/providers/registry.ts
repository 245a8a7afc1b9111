import type { ToolType } from '../../../../../shared/tools/tool-definition.ts';
import { codeForm } from './code/form.tsx';
import { databaseForm } from './database/form.tsx';
import { dummyForm } from './dummy/form.tsx';
import { emailForm } from './email/form.tsx';
import { graphqlForm } from './graphql/form.tsx';
import { grpcForm } from './grpc/form.tsx';
import { httpForm } from './http/form.tsx';
import { mcpForm } from './mcp/form.tsx';
import type { ProviderForm } from './provider-form.ts';
import { soapForm } from './soap/form.tsx';
import { unknownForm } from './unknown-form.tsx';
import { webhookForm } from './webhook/form.tsx';

/** The fields of every tool type. */
export const providerForms: Record<ToolType, ProviderForm> = {
  http: httpForm,
  graphql: graphqlForm,
  mcp: mcpForm,
  grpc: grpcForm,
  soap: soapForm,
  database: databaseForm,
  dummy: dummyForm,
  webhook: webhookForm,
  email: emailForm,
  code: codeForm,
};

/** The config as JSON for a type that only a newer server knows. */
export const providerFormOf = (type: string): ProviderForm =>
  Object.hasOwn(providerForms, type) ? providerForms[type as ToolType] : unknownForm;
