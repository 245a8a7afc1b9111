import type { ToolType } from '../../../../../shared/tools/tool-definition.ts';
import { codeForm } from './code/form.tsx';
import { dummyForm } from './dummy/form.tsx';
import { httpForm } from './http/form.tsx';
import type { ProviderForm } from './provider-form.ts';
import { unknownForm } from './unknown-form.tsx';

/** The fields of every tool type. */
export const providerForms: Record<ToolType, ProviderForm> = {
  http: httpForm,
  dummy: dummyForm,
  code: codeForm,
};

/** The config as JSON for a type that only a newer server knows. */
export const providerFormOf = (type: string): ProviderForm =>
  Object.hasOwn(providerForms, type) ? providerForms[type as ToolType] : unknownForm;
