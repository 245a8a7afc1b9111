import type { QueryClient } from '@tanstack/solid-query';
import { createSignal } from 'solid-js';
import { api, queryKey } from './trpc.ts';

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'off';

const [state, setState] = createSignal<LiveState>('off');
/** Of this tab's one stream. */
export const liveState = state;

/** A hidden tab gives its connection back after this long; browsers allow six per host. */
const hiddenMs = 30_000;
/** Events come in bursts (an execution makes four in 50 ms); one refetch serves them all. */
const settleMs = 60;

/** Which queries show something of a subject. Lists and counts are part of it. */
const touched: Record<string, readonly string[]> = {
  tool: ['tools'],
  connector: ['connectors', 'tools'],
  credential: ['tools', 'connectors'],
  execution: ['executions', 'tools.list', 'exceptions.timeline'],
  exception: ['exceptions', 'inbox', 'runs.list'],
  playbook: ['playbooks'],
  run: ['runs', 'inbox', 'exceptions', 'playbooks.list'],
  step: ['runs', 'inbox', 'exceptions'],
  webhook: ['webhooks'],
  settings: ['settings'],
  member: ['me', 'settings'],
};

/**
 * Opens the tab's stream for a tenant. Every event invalidates the queries that its subject touches;
 * nothing is patched by hand, so a page is what the server says.
 * @returns closes it.
 */
export function openLive(client: QueryClient, tenant: string): () => void {
  let stop: (() => void) | undefined;
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  let settleTimer: ReturnType<typeof setTimeout> | undefined;
  let wasLost = false;
  const pending = new Set<string>();

  const flush = () => {
    settleTimer = undefined;
    for (const scope of pending) {
      const [router, procedure] = scope.split('.');
      void client.invalidateQueries({ queryKey: queryKey(tenant, router, procedure) });
    }
    // The audit trail shows everything.
    void client.invalidateQueries({ queryKey: queryKey(tenant, 'events') });
    pending.clear();
  };
  const touch = (subjectType: string) => {
    for (const scope of touched[subjectType] ?? []) pending.add(scope);
    settleTimer ??= setTimeout(flush, settleMs);
  };

  const open = () => {
    if (stop) return;
    setState('connecting');
    const subscription = api.live.events.subscribe(
      {},
      {
        onData: (event) => touch(event.data.subjectType),
        onConnectionStateChange: (next) => {
          if (next.state === 'pending') {
            setState('live');
            // What happened while nobody listened is unknown, so everything shown is asked for again.
            if (wasLost) void client.invalidateQueries({ queryKey: queryKey(tenant) });
            wasLost = false;
          } else if (next.state === 'connecting') {
            if (next.error) wasLost = true;
            setState(next.error ? 'reconnecting' : 'connecting');
          }
        },
        onError: () => {
          wasLost = true;
          setState('reconnecting');
          stop = undefined;
          hiddenTimer = setTimeout(open, 3_000);
        },
      },
    );
    stop = () => subscription.unsubscribe();
  };
  const close = () => {
    stop?.();
    stop = undefined;
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

  document.addEventListener('visibilitychange', onVisibility);
  open();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    clearTimeout(hiddenTimer);
    clearTimeout(settleTimer);
    close();
  };
}
