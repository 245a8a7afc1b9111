import type { QueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { queryKey } from './trpc.ts';

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'off';

const [state, setState] = createSignal<LiveState>('off');
/** The state of this browser tab's stream. */
export const liveState = state;

/** Called when others have come to what this person has open, have left, or do something else there. */
export const hearsOfPeople = new Set<() => void>();

/** A hidden tab closes its connection after this time, as browsers allow only six per host. */
const hiddenMs = 30_000;
/** Events arrive in bursts (an execution writes four in 50 ms); one refetch serves a whole burst. */
const settleMs = 60;
/** The server pings every 1.5 s. A connection that is silent for longer has broken without a sign. */
const silenceMs = 3_800;
/** A stream ends every ten minutes, and opens again at once. A server that refuses gets some rest. */
const [reopenMs, retryMs] = [200, 3_000];

/** The queries that depend on each kind of subject, lists and counts included. */
const touched: Record<string, readonly string[]> = {
  tool: ['tools', 'connectors', 'trials'],
  connector: ['connectors', 'tools'],
  credential: ['tools', 'connectors'],
  execution: ['executions', 'tools.list', 'exceptions.timeline'],
  exception: ['exceptions', 'inbox', 'runs.list'],
  playbook: ['playbooks'],
  run: ['runs', 'inbox', 'exceptions', 'playbooks.list'],
  step: ['runs', 'inbox', 'exceptions'],
  batch: ['batches', 'exceptions.timeline'],
  undo: ['batches', 'runs', 'executions', 'exceptions.timeline'],
  schedule: ['schedules'],
  webhook: ['webhooks'],
  notification_channel: ['notifications'],
  policy: ['policies'],
  settings: ['settings', 'views'],
  member: ['me', 'members', 'invitations', 'apiKeys'],
  invitation: ['invitations'],
  api_key: ['apiKeys', 'members.get'],
};

/** Of credentials, all but their uses. */
const ofCredentials = /^Credential(?!Used)/;
/** With these a notice comes or goes. */
const ofNotices = /^(Credential(Expir|Rotated|Updated|Archived)|TrialStopped|Schedule(Paused|OwnerChanged))/;

/** With these something is archived, or no longer. */
const ofArchives = /(A|Una)rchived$/;
/** Of executions, most tell no one. */
const tellsNoOne = /^ToolExecution(Req|St|At|Com)/;
/** People are told a moment after the event. */
const tellMs = 2_000;

/** Of executions, those that come to the inbox or leave it; most do neither. */
const ofApprovals = /^ToolExecution(Approv|Rejected|CancelRequested)/;

/**
 * Opens the browser tab's stream for a tenant. Each event invalidates the queries that depend on its subject.
 * Pages never patch data themselves, so they show what the server returns.
 * @returns a function that closes the stream.
 */
export function openLive(client: QueryClient, tenant: string): () => void {
  let source: EventSource | undefined;
  let openTimer: ReturnType<typeof setTimeout> | undefined;
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  let settleTimer: ReturnType<typeof setTimeout> | undefined;
  let tellTimer: ReturnType<typeof setTimeout> | undefined;
  let lose: (() => void) | undefined;
  let wasLost = false;
  const pending = new Set<string>();

  const flush = () => {
    settleTimer = undefined;
    for (const scope of pending) {
      const [router, procedure] = scope.split('.');
      void client.invalidateQueries({ queryKey: queryKey(tenant, router, procedure) });
    }
    // The audit trail shows every event.
    void client.invalidateQueries({ queryKey: queryKey(tenant, 'events') });
    void client.invalidateQueries({ queryKey: queryKey(tenant, 'audit', 'list') });
    pending.clear();
  };
  const touch = ({ subjectType, type }: { subjectType: string; type: string }) => {
    for (const scope of touched[subjectType] ?? []) pending.add(scope);
    if (ofApprovals.test(type)) for (const scope of ['inbox', 'runs']) pending.add(scope);
    if (ofCredentials.test(type)) pending.add('credentials');
    if (ofNotices.test(type)) pending.add('inbox');
    if (ofArchives.test(type)) pending.add('archived');
    settleTimer ??= setTimeout(flush, settleMs);
    if (!tellsNoOne.test(type)) tellTimer ??= setTimeout(tell, tellMs);
  };
  const tell = () => {
    tellTimer = undefined;
    void client.invalidateQueries({ queryKey: queryKey(tenant, 'notifications') });
  };

  const open = () => {
    if (source) return;
    clearTimeout(openTimer);
    setState(wasLost ? 'reconnecting' : 'connecting');
    // An EventSource sends no headers, so the URL names the tenant.
    source = new EventSource(`/api/events/stream?${new URLSearchParams({ tenant, pings: 'event' })}`);
    let opened = false;
    const lost = () => {
      close();
      wasLost = true;
      setState('reconnecting');
      // A stream that is refused may mean that the session or the membership has ended.
      if (!opened) void client.invalidateQueries({ queryKey: queryKey(tenant, 'me') });
      openTimer = setTimeout(open, opened ? reopenMs * (1 + Math.random()) : retryMs);
    };
    lose = lost;
    const heard = () => {
      clearTimeout(silenceTimer);
      silenceTimer = setTimeout(lost, silenceMs);
    };
    source.onopen = () => {
      opened = true;
      heard();
      setState('live');
      // Events were missed while the stream was closed, so everything is read again.
      if (wasLost) void client.invalidateQueries({ queryKey: queryKey(tenant) });
      wasLost = false;
      // Notifications of what happened just before are made now.
      tellTimer ??= setTimeout(tell, tellMs);
    };
    source.onmessage = ({ data }) => {
      heard();
      touch(JSON.parse(data));
    };
    source.addEventListener('ping', heard);
    source.addEventListener('presence', () => {
      for (const hear of hearsOfPeople) hear();
    });
    source.onerror = lost;
  };
  const close = () => {
    source?.close();
    source = undefined;
    lose = undefined;
    clearTimeout(openTimer);
    clearTimeout(silenceTimer);
    setState('off');
  };
  const onVisibility = () => {
    clearTimeout(hiddenTimer);
    if (document.visibilityState === 'visible') {
      open();
    } else {
      hiddenTimer = setTimeout(() => {
        wasLost = true;
        close();
      }, hiddenMs);
    }
  };

  // The browser knows at once that the machine has no network.
  const onOffline = () => lose?.();
  document.addEventListener('visibilitychange', onVisibility);
  addEventListener('offline', onOffline);
  open();
  return () => {
    removeEventListener('offline', onOffline);
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(hiddenTimer);
    clearTimeout(settleTimer);
    clearTimeout(tellTimer);
    close();
  };
}
