import type { JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { isObject, schemaProperties } from '../../../platform/schema-properties.ts';
import type { ConfigCompleter } from '../../server/config-completer.ts';
import { compileFrom } from './complete/in-isolate.ts';
import type { ProtoSource } from './complete/proto-error.ts';
import type { GrpcTool } from './config.ts';

/** Finds the method in the documents, and stores with the tool what its calls need of them. */
export const completeGrpc: ConfigCompleter<GrpcTool> = async (
  { config, inputSchema },
  tenantId,
  connector,
) => {
  const { service, method, message } = config;
  const source = sourceOf(config) ?? (connector?.kind === 'grpc' ? sourceOf(connector) : null);
  if (source === null) return { issues: [], config: { compiled: undefined } };
  const template = message as JsonValue | undefined;
  const base = template === undefined ? '/inputSchema/properties' : '/config/message';
  const inputs =
    template === undefined
      ? [...schemaProperties(inputSchema)]
      : isObject(template)
        ? Object.keys(template)
        : [];
  const found = await compileFrom(source, { service, method, inputs }, tenantId);
  if ('problem' in found) {
    const { field, message: words } = found.problem;
    const ofConnector = connector !== null && (field === 'descriptors' || field === 'proto');
    return {
      issues: [
        { path: ofConnector ? '/config/connectorId' : `/config/${field}`, message: words, keyword: 'grpc' },
      ],
    };
  }
  return {
    issues: found.unknown.map((name) => ({
      path: pointer(base, name),
      message: `The message of ${method} has no field "${name}"`,
      keyword: 'grpc',
    })),
    config: { compiled: found.compiled },
  };
};

const sourceOf = ({ descriptors, proto }: ProtoSource): ProtoSource | null =>
  descriptors === undefined && proto === undefined ? null : { descriptors, proto };
