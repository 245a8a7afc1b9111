import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createFront } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { controlRoutes } from './control.ts';
import { customersRoutes } from './customers.ts';
import { type Fault, Faults } from './faults.ts';
import { graphqlRoutes } from './graphql.ts';
import { hooksRoutes } from './hooks.ts';
import { type Context, matchPath, type Reply, ReplyError, type Route, readBody, sendReply } from './http.ts';
import { openMailbox } from './mailbox.ts';
import { mailboxRoutes } from './mailbox-pages.ts';
import { mcpRoutes } from './mcp.ts';
import { OAuthServer } from './oauth.ts';
import { odditiesRoutes } from './oddities.ts';
import { openApiRoutes } from './openapi.ts';
import { operationsRoutes } from './operations.ts';
import { paymentsRoutes } from './payments.ts';
import { type RecordedRequest, RequestLog } from './request-log.ts';
import { shippingRoutes } from './shipping.ts';
import { openState } from './state.ts';
import { taxRegisterRoutes } from './tax-register.ts';
import { temporalRoutes } from './temporal.ts';
import { startWarehouse } from './warehouse.ts';

export interface DemoServices {
  url: string;
  /** `host:port` of each mail server. */
  mailHosts: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts the payments and shipping services that demo tools and tests call: real HTTP, real state, real auth, and
 * faults on demand (`POST /_control/faults`).
 * @param options.port 0 for any free port
 * @param options.stateFile keeps the state over a restart; without it, the state is in memory only
 * @param options.temporalUrl of Temporal's HTTP API, of which a part is readable under /temporal
 */
export async function startDemoServices(options: {
  port: number;
  stateFile?: string;
  temporalUrl?: string;
  /** A mail server listens on each; what it gets is shown under /mailbox. */
  mailPorts?: readonly number[];
}): Promise<DemoServices> {
  const store = openState(options.stateFile);
  const faults = new Faults();
  const requests = new RequestLog();
  const oauth = new OAuthServer();
  const mailbox = options.mailPorts ? await openMailbox(options.mailPorts) : null;
  const routes: Route[] = [
    ...controlRoutes({ store, faults, requests, oauth }),
    ...customersRoutes(store),
    ...paymentsRoutes(store),
    ...shippingRoutes(store, oauth),
    ...operationsRoutes(store),
    ...graphqlRoutes(store),
    ...mcpRoutes(store),
    ...odditiesRoutes(),
    ...openApiRoutes(),
    ...hooksRoutes(),
    ...mailboxRoutes(mailbox),
    ...taxRegisterRoutes(),
    ...temporalRoutes(options.temporalUrl),
  ];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let recorded: RecordedRequest | undefined;
    let reply: Reply | null;
    try {
      const url = new URL(request.url ?? '/', 'http://demo');
      const { rawBody, body } = await readBody(request);
      const method = request.method ?? 'GET';
      const { headers } = request;
      const context: Context = {
        method,
        path: url.pathname,
        params: {},
        query: url.searchParams,
        headers,
        rawBody,
        body,
        response,
      };
      const control = url.pathname.startsWith('/_control/') || url.pathname === '/healthz';
      if (!control) recorded = requests.record(context);
      const fault = control ? null : faults.take(method, url.pathname);
      reply = fault ? await withFault(fault, context) : await respond(context);
    } catch (error) {
      reply = replyTo(error);
    }
    if (!reply || response.destroyed) return;
    if (recorded) recorded.status = reply.status;
    sendReply(response, reply);
  }

  async function respond(context: Context): Promise<Reply | null> {
    const matches = routes.flatMap((each) => {
      const params = matchPath(each.path, context.path);
      return params ? [{ route: each, params }] : [];
    });
    const match = matches.find((each) => each.route.method === context.method);
    if (match) return match.route.handle({ ...context, params: match.params });
    if (matches.length === 0) throw new ReplyError(404, 'not_found', `Not found: ${context.path}.`);
    const allow = [...new Set(matches.map((each) => each.route.method))].join(', ');
    throw new ReplyError(405, 'method_not_allowed', `${context.path} accepts ${allow}.`, { allow });
  }

  async function withFault(fault: Fault, context: Context): Promise<Reply | null> {
    const effect = fault.afterEffect ? await respondOrError(context) : null;
    if (fault.delayMs) await sleep(fault.delayMs);
    if (fault.dropConnection) {
      context.response.socket?.destroy();
      return null;
    }
    const headers: Record<string, string> =
      fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
    if (fault.malformed)
      return {
        status: 200,
        body: '{"error": "half a respo',
        headers: { ...headers, 'content-type': 'application/json' },
      };
    if (fault.body !== undefined) return { status: fault.status ?? 200, body: fault.body, headers };
    if (fault.status)
      return {
        status: fault.status,
        body: {
          error: { code: 'demo_fault', message: `A demo fault (${fault.id}) responds ${fault.status}.` },
        },
        headers,
      };
    return effect ?? respondOrError(context);
  }

  async function respondOrError(context: Context): Promise<Reply | null> {
    try {
      return await respond(context);
    } catch (error) {
      return replyTo(error);
    }
  }

  const server = createServer((request, response) => void serve(request, response));
  const warehouse = startWarehouse();
  // gRPC and HTTP/1 share a port: an HTTP/2 connection says so with its first bytes.
  const front = createFront((socket) => {
    socket.once('readable', () => {
      const head: Buffer | null = socket.read();
      if (head === null) return;
      socket.unshift(head);
      if (head.toString('latin1', 0, 3) === 'PRI') warehouse.take(socket);
      else server.emit('connection', socket);
    });
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    front.once('error', reject);
    front.listen(options.port, '127.0.0.1', resolve);
  });
  const address = front.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return {
    url: `http://127.0.0.1:${port}`,
    mailHosts: mailbox?.hosts ?? [],
    stop: async () => {
      await mailbox?.stop();
      await new Promise<void>((resolve) => {
        front.close(() => resolve());
        warehouse.stop();
        server.closeAllConnections();
      });
    },
  };
}

function replyTo(error: unknown): Reply {
  if (error instanceof ReplyError) return error.reply;
  console.error(error);
  return { status: 500, body: { error: { code: 'internal', message: 'The demo service failed.' } } };
}
