import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { LRUCache } from 'lru-cache';
import { Agent, type Dispatcher, Pool } from 'undici';
import { type EgressCaller, type EgressOutcome, isAllowed, type TenantEgress } from '../../egress-rules.ts';
import type { SentState } from '../../http/sent-state.ts';
import { untilAborted } from '../until-aborted.ts';
import { contentEncodings, decodeBody } from './decode-body.ts';
import { EgressError, EgressRefused, wordsOf } from './egress-error.ts';
import {
  assertLiteralAllowed,
  type ConnectorOptions,
  endpointOf,
  guardedConnector,
  hostAndPort,
  type TlsIdentity,
} from './guarded-connector.ts';
import type { EgressProxy } from './proxy.ts';
import type { ReservedHosts } from './reserved-hosts.ts';
import { type Lookup, systemResolver } from './resolver.ts';

/** Presented to the server, on connections that no other certificate shares. */
export interface ClientCertificate extends TlsIdentity {
  /** Of which credential it is: connections of an earlier one are closed. */
  name: string;
}

export interface EgressRequest extends TenantEgress {
  tenantId: string;
  /** On whose behalf it is sent; null: the deployment's own, which is not counted. */
  caller: EgressCaller | null;
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | Buffer;
  clientCertificate?: ClientCertificate | undefined;
  /** Bounds everything: resolving, connecting, waiting and a slow body. */
  signal: AbortSignal;
  /** Of the decoded body. */
  maxResponseBytes: number;
  /** At most five, to the same host only. */
  followRedirects?: boolean;
  /** Asked before a redirect is followed: why it must not be; null: it may. */
  refusesTarget?: (request: { method: string; url: string }) => string | null;
  /** Asked right before the first byte of each request is written. False: it is withheld. */
  maySend?: () => boolean;
  /** Called once, before the first byte is written. */
  onSent?: () => void;
  /** Called for every decoded piece of the body, of every response that comes. It must not throw. */
  onChunk?: (piece: Buffer, head: ResponseHead) => void;
}

/** What is known of a response before its body. */
export type ResponseHead = Pick<EgressResponse, 'status' | 'headers'>;

export interface EgressResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** Decoded. */
  body: Buffer;
  url: string;
  /** An earlier response accepted the request and redirected to its result, which is this response. */
  accepted?: true;
}

/** Connections to hosts outside, of this process. */
export interface EgressUse {
  connected: number;
  /** Requests that have been sent and not answered. */
  running: number;
  /** Requests that wait for a connection. */
  queued: number;
}

/** The agents of every guard in this process. */
const guards = new Set<LRUCache<string, Agent>>();

export function egressUse(): EgressUse {
  const use = { connected: 0, running: 0, queued: 0 };
  const agents = [...guards].flatMap((guard) => [...guard.values()]);
  for (const stats of agents.flatMap((agent) => Object.values(agent.stats))) {
    use.connected += Number(stats.connected);
    use.running += stats.running;
    use.queued += 'queued' in stats ? stats.queued : 0;
  }
  return use;
}

/** A request that was sent, or refused before a redirect or at the start. */
export interface Reach {
  tenantId: string;
  caller: EgressCaller;
  method: string;
  /** As in URLs: IPv6 in brackets. */
  host: string;
  port: number;
  outcome: EgressOutcome;
}

export interface EgressOptions {
  resolve?: Lookup;
  /** After so long an idle connection is closed; at most three times as long where the server offers to keep it. */
  idleMs?: number;
  /** Null: connections are made directly. */
  proxy?: EgressProxy | null;
  /** Called for each request, redirects included. It must not throw or wait. */
  onReach?: (reach: Reach) => void;
}

/** A connection for a protocol other than HTTP. */
export interface EgressConnection extends TenantEgress {
  tenantId: string;
  caller: EgressCaller | null;
  /** In capitals, as the pages show it: `SMTP`, `POSTGRESQL`. */
  protocol: string;
  /** A name or an address, IPv6 without brackets. */
  host: string;
  port: number;
  /** Bounds resolving and connecting. */
  signal: AbortSignal;
}

/** Every byte that leaves for a tenant (calls, tokens, webhooks) goes through this guard: no other code opens a connection. */
export interface Egress {
  /** @throws EgressError, EgressRefused */
  request(request: EgressRequest): Promise<EgressResponse>;
  /**
   * Opens a connection that belongs to the caller, who ends it and adds TLS where the protocol has it. An entry of the
   * tenant's list that names methods does not cover it.
   * @returns a connected socket of which nothing has been read or written
   * @throws EgressError, EgressRefused; nothing was sent then
   */
  connect(connection: EgressConnection): Promise<Socket>;
  close(): Promise<void>;
}

const maxRedirects = 5;
/** Of one tenant to one origin; further requests wait. */
const maxConnections = 128;

const maxAgents = 500;
const agentIdleMs = 5 * 60_000;

/**
 * Connections belong to a tenant and a host: no tenant uses a connection that another one opened.
 * @param reserved the servers of this deployment, which no request may reach
 */
export function createEgress(
  reserved: ReservedHosts,
  { resolve = systemResolver, idleMs = 10_000, proxy = null, onReach = () => {} }: EgressOptions = {},
): Egress {
  const agents = new LRUCache<string, Agent>({
    max: maxAgents,
    ttl: agentIdleMs,
    updateAgeOnGet: true,
    ttlResolution: 1_000,
    dispose: (agent, _key, reason) => {
      if (reason === 'evict' || reason === 'expire') void agent.close();
    },
  });

  guards.add(agents);
  /** The key of the agent that holds the present certificate of a tenant's credential. */
  const presenting = new LRUCache<string, string>({ max: maxAgents });

  const closeReplaced = (holder: string, key: string): void => {
    const replaced = presenting.get(holder);
    const before = replaced === undefined ? undefined : agents.peek(replaced);
    if (replaced !== undefined) agents.delete(replaced);
    // What it has begun may end.
    if (before) void before.close();
    presenting.set(holder, key);
  };

  const agentFor = ({ tenantId, privateHosts, clientCertificate }: EgressRequest): Agent => {
    agents.purgeStale();
    const key = agentKey(tenantId, privateHosts, clientCertificate);
    const known = agents.get(key);
    if (known) return known;
    const rules = { privateHosts: [...privateHosts], reserved };
    const agent = createAgent({ rules, resolve, proxy, identity: clientCertificate }, idleMs);
    if (clientCertificate) closeReplaced(`${tenantId} ${clientCertificate.name}`, key);
    agents.set(key, agent);
    return agent;
  };

  const count = ({ tenantId, caller }: EgressRequest, url: URL, method: string, outcome: EgressOutcome) => {
    if (!caller) return;
    const { port } = endpointOf(url);
    onReach({ tenantId, caller, method, host: url.hostname, port, outcome });
  };

  return {
    async request(request) {
      let url = parseUrl(request.url);
      let { method, body, headers } = request;
      let sent: SentState = 'before';
      let accepted: true | undefined;
      const exchange: Exchange = {
        ...request,
        onSent: () => {
          if (request.maySend?.() === false)
            throw new EgressError('withheld', sent, 'The request was not sent: its time to leave had passed');
          if (sent === 'before') request.onSent?.();
          sent = 'unknown';
        },
      };
      const home = url;
      for (let redirects = 0; ; redirects++) {
        let left = false;
        try {
          assertOnList(request, method, url);
          assertLiteralAllowed(url, { privateHosts: request.privateHosts, reserved });
          const agent = agentFor(request);
          const onSent = () => {
            exchange.onSent();
            left = true;
          };
          const response = await send(agent, { ...exchange, method, body, headers, onSent }, url).finally(
            () => left && count(request, url, method, 'reached'),
          );
          const target = request.followRedirects ? redirectTarget(response, url) : null;
          if (target === null) return accepted ? { ...response, accepted } : response;
          sent = 'unknown';
          if (redirects === maxRedirects)
            throw new EgressError(
              'broken',
              'responded',
              `${url.hostname} redirects more than ${maxRedirects} times`,
            );
          assertSameHost(home, target);
          if (
            response.status === 303 ||
            (method === 'POST' && (response.status === 301 || response.status === 302))
          ) {
            accepted = true;
            method = method === 'HEAD' ? 'HEAD' : 'GET';
            body = undefined;
            headers = Object.fromEntries(
              Object.entries(headers).filter(([name]) => !/^content-/i.test(name)),
            );
          }
          const problem = request.refusesTarget?.({ method, url: target.href }) ?? null;
          if (problem !== null)
            throw new EgressRefused(
              'redirect',
              `The redirect to another path of ${hostAndPort(home)} was refused: the credential may not be used ${problem}`,
              'responded',
            );
          url = target;
        } catch (error) {
          const failure = asEgressError(error, sent, url, request);
          const outcome = outcomeOf(failure);
          if (outcome && (!left || failure.kind === 'refused')) count(request, url, method, outcome);
          throw failure;
        }
      }
    },
    async connect(connection) {
      const { tenantId, caller, protocol, signal, privateHosts } = connection;
      // The guard knows addresses as URLs write them.
      const url = originOf(connection);
      const { port } = endpointOf(url);
      const report = (outcome: EgressOutcome) => {
        if (caller) onReach({ tenantId, caller, method: protocol, host: url.hostname, port, outcome });
      };
      try {
        assertOnList(connection, protocol, url);
        const open = guardedConnector(url, { rules: { privateHosts, reserved }, resolve, proxy });
        const socket = await openSocket(open, url, signal);
        report('reached');
        return socket;
      } catch (error) {
        const failure = asEgressError(error, 'before', url, { signal });
        const outcome = outcomeOf(failure);
        if (outcome) report(outcome);
        throw failure;
      }
    },
    async close() {
      guards.delete(agents);
      const open = [...agents.values()];
      agents.clear();
      await Promise.all(open.map((agent) => agent.destroy()));
    },
  };
}

function createAgent(options: ConnectorOptions, idleMs: number): Agent {
  return new Agent({
    allowH2: false,
    connections: maxConnections,
    keepAliveTimeout: idleMs,
    keepAliveMaxTimeout: 3 * idleMs,
    // The signal of each request is its timeout.
    headersTimeout: 0,
    bodyTimeout: 0,
    factory: (origin, pool) =>
      new Pool(origin, { ...pool, connect: guardedConnector(new URL(origin), options) }),
  });
}

function agentKey(
  tenantId: string,
  privateHosts: readonly string[],
  certificate: ClientCertificate | undefined,
): string {
  return createHash('sha256')
    .update(JSON.stringify([tenantId, [...privateHosts].sort(), certificate ?? null]))
    .digest('base64');
}

type Exchange = EgressRequest & { onSent: () => void };

async function send(agent: Agent, request: Exchange, url: URL): Promise<EgressResponse> {
  const { signal } = request;
  signal.throwIfAborted();
  const dispatcher = agent.compose(
    (dispatch) => (options, handler) => dispatch(options, reportStart(handler, request.onSent)),
  );
  const pending = dispatcher.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: request.method as Dispatcher.HttpMethod,
    headers: request.headers,
    body: request.body ?? null,
    signal,
  });
  // Undici checks the signal of a queued request only when it has a connection.
  const response = await untilAborted(pending, signal, ({ body }) => body.on('error', () => {}).destroy());
  // An abandoned body emits an error that no one waits for.
  response.body.on('error', () => {});
  const { statusCode: status, headers } = response;
  const withoutBody = request.method === 'HEAD' || status === 204 || status === 304;
  const declared = Number(headers['content-length'] ?? 0);
  const encodings = withoutBody ? [] : contentEncodings(headers['content-encoding']);
  if (!withoutBody && encodings.length === 0 && declared > request.maxResponseBytes) {
    response.body.destroy();
    throw new EgressError(
      'too_large',
      'responded',
      `The response is larger than ${request.maxResponseBytes} bytes`,
      { status },
    );
  }
  const { onChunk } = request;
  const limits = {
    status,
    maxBytes: request.maxResponseBytes,
    onChunk: onChunk && ((piece: Buffer) => onChunk(piece, { status, headers })),
  };
  const body = await untilAborted(decodeBody(response.body, encodings, limits), signal);
  return { status, headers, body, url: url.href };
}

/** Wraps the method that undici calls right before it writes the head of the request; an error there keeps it back. */
function reportStart(handler: Dispatcher.DispatchHandler, onSent: () => void): Dispatcher.DispatchHandler {
  const start = handler.onRequestStart?.bind(handler);
  handler.onRequestStart = (controller, context) => {
    start?.(controller, context);
    if (!controller.aborted) onSent();
  };
  return handler;
}

/** @throws EgressRefused */
function originOf({ host, port }: EgressConnection): URL {
  const url = URL.parse(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
  if (url?.pathname !== '/' || url.username !== '' || url.search !== '' || url.hash !== '')
    throw new EgressRefused('address', 'The host must be a name or an address, with a port');
  return url;
}

/** @throws the reason of `signal`, or what `open` says */
async function openSocket(
  open: ReturnType<typeof guardedConnector>,
  url: URL,
  signal: AbortSignal,
): Promise<Socket> {
  const { hostname, host, port, protocol } = url;
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  open({ hostname, host, port, protocol }, (error, socket) =>
    socket ? resolve(socket) : reject(error ?? new Error('There is no connection')),
  );
  return untilAborted(promise, signal, (late) => late.destroy());
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw new EgressRefused('address', 'The URL must be absolute, with http or https');
  if (url.username !== '' || url.password !== '')
    throw new EgressRefused('address', 'The URL must not contain credentials');
  return url;
}

function redirectTarget(response: EgressResponse, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(response.status)) return null;
  const location = [response.headers.location].flat()[0];
  if (location === undefined) return null;
  const target = URL.parse(location, from);
  if (!target) throw new EgressError('broken', 'responded', `${from.hostname} redirects to an invalid URL`);
  return target;
}

/** A credential is bound to its host, so a redirect must stay on it; it may go from http to https. */
function assertSameHost(home: URL, target: URL): void {
  const upgrade =
    home.protocol === 'http:' && target.protocol === 'https:' && home.port === '' && target.port === '';
  const same = target.protocol === home.protocol && hostAndPort(target) === hostAndPort(home);
  const plain = target.username === '' && target.password === '';
  if (plain && target.hostname === home.hostname && (same || upgrade)) return;
  throw new EgressRefused(
    'redirect',
    `The redirect from ${hostAndPort(home)} to ${hostAndPort(target)} was refused: a tool reaches only its own host`,
    'responded',
  );
}

/** @throws EgressRefused */
function assertOnList({ allowedHosts }: TenantEgress, method: string, url: URL): void {
  if (isAllowed(allowedHosts, { method, url })) return;
  throw new EgressRefused(
    'not_allowed',
    `${method} ${hostAndPort(url)} is not on the list of hosts that this organization's calls may reach. A tenant admin can add it in Settings → Egress`,
  );
}

/** Null: it is not the host's doing, nor a rule's. */
function outcomeOf(error: EgressError): EgressOutcome | null {
  if (error instanceof EgressRefused) return error.reason;
  return error.kind === 'withheld' ? null : 'unreachable';
}

function asEgressError(
  error: unknown,
  sent: SentState,
  url: URL,
  { signal, clientCertificate }: Pick<EgressRequest, 'signal' | 'clientCertificate'>,
): EgressError {
  const host = hostAndPort(url);
  if (signal.aborted)
    return new EgressError(
      'aborted',
      sent,
      `The call to ${host} was aborted before the response was complete`,
      {
        cause: signal.reason,
      },
    );
  if (error instanceof EgressRefused)
    return sent === 'before' ? error : new EgressRefused(error.reason, error.message, 'responded');
  if (error instanceof EgressError) return error;
  // Servers with TLS 1.3 refuse a certificate after the request has left, and many just close the connection.
  const hint = clientCertificate ? '. The server may not accept the client certificate' : '';
  return new EgressError(sent === 'before' ? 'unreachable' : 'broken', sent, wordsOf(error, host) + hint, {
    cause: error,
  });
}
