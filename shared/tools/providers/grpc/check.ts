import type { Issue } from '../../../platform/error-codes.ts';
import { parseHostPort } from '../../../platform/host-port.ts';
import type { JsonValue } from '../../../platform/json.ts';
import { pointer } from '../../../platform/json-pointer.ts';
import { schemaProperties } from '../../../platform/schema-properties.ts';
import { authHeaders, authPlacement } from '../../auth/registry.ts';
import { checkHeaders } from '../../http/headers.ts';
import { checkJsonSecrets } from '../../http/literal-secrets.ts';
import { jsonTemplateNames, TemplateSyntaxError, templateNames } from '../../template.ts';
import { type GrpcConfig, type GrpcTool, usesTls } from './config.ts';

/** Problems of a grpc tool beyond its shape, each at its place. */
export function checkGrpc({ auth, config, inputSchema }: GrpcTool): Issue[] {
  const { message } = config;
  const known = schemaProperties(inputSchema);
  return [
    ...checkTarget(config),
    ...checkNames(config),
    ...checkMetadata(config.metadata, auth, '/config/metadata'),
    ...Object.entries(config.metadata).flatMap(([name, value]) =>
      checkInputs(() => templateNames(value), known, pointer('/config/metadata', name)),
    ),
    ...(message === undefined
      ? []
      : [
          ...checkJsonSecrets(message as JsonValue, '/config/message'),
          ...checkInputs(() => jsonTemplateNames(message as JsonValue), known, '/config/message'),
        ]),
    ...checkTransport(auth, config),
  ];
}

function checkTarget({ connectorId, target }: GrpcConfig): Issue[] {
  const path = '/config/target';
  if (connectorId !== undefined)
    return target === undefined
      ? []
      : [{ path, message: 'Use either target or connectorId', keyword: 'target' }];
  if (target === undefined)
    return [{ path, message: 'target is required (or a connectorId)', keyword: 'required' }];
  return checkHostPort(target, path);
}

export function checkHostPort(target: string, path: string): Issue[] {
  if (parseHostPort(target)) return [];
  return [{ path, message: 'The target must be host:port, such as api.example.com:443', keyword: 'target' }];
}

function checkNames({ service, method }: GrpcConfig): Issue[] {
  const issues: Issue[] = [];
  if (!/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(service))
    issues.push({
      path: '/config/service',
      message: 'The service is its full name, such as shop.v1.Orders',
      keyword: 'service',
    });
  if (!/^[A-Za-z_]\w*$/.test(method))
    issues.push({
      path: '/config/method',
      message: 'The method is a name without its service, such as GetOrder',
      keyword: 'method',
    });
  return issues;
}

/** Metadata are headers whose names gRPC restricts further. */
export function checkMetadata(
  metadata: Record<string, string>,
  auth: { type: string },
  basePath: string,
): Issue[] {
  return [
    ...checkHeaders(metadata, authHeaders(auth), basePath),
    ...Object.keys(metadata).flatMap((name) =>
      /^(?:grpc-.*|content-type|user-agent|:.*)$/i.test(name)
        ? [{ path: pointer(basePath, name), message: `gRPC sets ${name} itself`, keyword: 'header' }]
        : /^[\w.-]+$/.test(name)
          ? []
          : [
              {
                path: pointer(basePath, name),
                message: 'The name of metadata has letters, digits, "_", "-" and "." only',
                keyword: 'header',
              },
            ],
    ),
  ];
}

function checkInputs(names: () => string[], known: Set<string>, path: string): Issue[] {
  try {
    return names()
      .filter((name) => !known.has(name))
      .map((name) => ({ path, message: `Unknown input "${name}"`, keyword: 'template' }));
  } catch (error) {
    if (!(error instanceof TemplateSyntaxError)) throw error;
    return [{ path, message: `${error.message} (character ${error.position + 1})`, keyword: 'template' }];
  }
}

/** What the auth needs of the connection. */
export function checkTransport(
  auth: { type: string },
  server: Pick<GrpcConfig, 'tls'> & { target?: string | undefined },
): Issue[] {
  const placement = authPlacement(auth);
  if (placement && placement.in !== 'header')
    return [
      {
        path: '/auth/in',
        message: 'A gRPC call carries its key as metadata: choose header',
        keyword: 'auth',
      },
    ];
  if (auth.type === 'mtls' && server.target !== undefined && !usesTls(server))
    return [
      { path: '/auth/type', message: 'A client certificate requires TLS: set tls to tls', keyword: 'auth' },
    ];
  return [];
}
