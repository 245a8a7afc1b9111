import type { ConnectorKind } from '../../../../../../shared/tools/connectors/registry.ts';
import type { ConnectorKindForm } from './connector-kind-form.ts';
import { databaseForm } from './database.tsx';
import { restForm } from './rest.tsx';

/** The fields of every kind of connector. */
export const connectorKindForms: Record<ConnectorKind, ConnectorKindForm> = {
  rest: restForm,
  database: databaseForm,
};

/** Undefined for a kind that only a newer server knows. */
export const connectorKindFormOf = (kind: string): ConnectorKindForm | undefined =>
  Object.hasOwn(connectorKindForms, kind) ? connectorKindForms[kind as ConnectorKind] : undefined;
