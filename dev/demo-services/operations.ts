import { guarded, requireOperationsToken } from './access.ts';
import { ok, ReplyError, type Route, route } from './http.ts';
import type { Service } from './records.ts';
import { followLog } from './service-log.ts';
import type { StateStore } from './state.ts';

/** The services of a company, for the person on call. */
export function operationsRoutes(store: StateStore): Route[] {
  const withToken = guarded(requireOperationsToken);
  return [
    route(
      'GET',
      '/v1/services',
      withToken(() => ok({ items: store.state.services })),
    ),
    route(
      'GET',
      '/v1/services/:name',
      withToken(({ params }) => ok(named(store, params.name))),
    ),
    route(
      'GET',
      '/v1/services/:name/log',
      withToken((context) => followLog(context, named(store, context.params.name))),
    ),
    route(
      'POST',
      '/v1/services/:name/restart',
      withToken(({ params }) => restart(store, named(store, params.name))),
    ),
  ];
}

/** Clears whatever was wrong. */
function restart(store: StateStore, service: Service) {
  service.restarts += 1;
  service.status = 'up';
  service.errorRate = 0;
  service.since = new Date().toISOString();
  store.save();
  return ok(service);
}

function named(store: StateStore, name: string | undefined): Service {
  const found = store.state.services.find((each) => each.name === name);
  if (!found) throw new ReplyError(404, 'not_found', `No service with the name ${name}.`);
  return found;
}
