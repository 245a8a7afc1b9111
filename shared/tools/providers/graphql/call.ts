import type { Egress, EgressResponse } from '../../../platform/server/egress/egress.ts';
import { type AuthAppliers, applierOf } from '../../server/auth-appliers.ts';
import { callHeaders, exchangeHttp, explained, failureOf, refusal } from '../../server/http-exchange.ts';
import type { CallResult, Provider } from '../../server/provider.ts';
import { encodeBody } from '../http/call/request-body.ts';
import { readGraphqlResponse } from './call/read-response.ts';
import type { GraphqlTool } from './config.ts';

/** Sends an operation to a GraphQL endpoint, over HTTP and through the egress guard. */
export function createGraphqlProvider(egress: Egress, appliers: AuthAppliers): Provider<GraphqlTool> {
  return {
    async call(tool, request, context) {
      const { host } = new URL(request.url);
      const { auth, config } = tool;
      const { body } = encodeBody(request.body ?? null, request.bodyType);
      const added = callHeaders(request.headers, context);
      let response: EgressResponse;
      try {
        response = await exchangeHttp(
          { egress, appliers },
          {
            auth,
            request: { ...request, headers: { ...request.headers, ...added } },
            body,
            added,
            maxResponseBytes: config.maxResponseBytes,
          },
          context,
        );
      } catch (error) {
        return failureOf(error, host, context.signal);
      }
      const result = await conclude(response, host, context.tenantId);
      return { ...explained(applierOf(appliers, auth), response, result), headers: response.headers };
    },
  };
}

async function conclude(response: EgressResponse, host: string, tenantId: string): Promise<CallResult> {
  const { status: httpStatus } = response;
  const contentType = [response.headers['content-type']].flat()[0];
  const read = await readGraphqlResponse(response.body, contentType, tenantId);
  // Of a refusal, the errors say why; without a status of success, data is none.
  if (httpStatus < 200 || httpStatus > 299)
    return {
      ...refusal(response, host, 'output' in read ? read.output : read.raw),
      ...('errors' in read && { reason: read.reason }),
    };
  if ('output' in read) return { ok: true, output: read.output, httpStatus };
  const failed = { ok: false, httpStatus, sent: 'responded', transient: false, raw: read.raw } as const;
  if ('problem' in read) return { ...failed, code: 'invalid_output', message: read.problem };
  const errors = read.errors === 1 ? 'an error' : `${read.errors} errors`;
  return { ...failed, code: 'provider_error', message: `${host} returned ${errors}`, reason: read.reason };
}
