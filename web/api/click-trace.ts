import { randomTraceId, writeTraceparent } from '../../shared/platform/trace-context.ts';

/** When the person last did something that may send a request, by the clock of `performance`. */
let actedAt = Number.NEGATIVE_INFINITY;

for (const type of ['click', 'keydown'] as const)
  addEventListener(
    type,
    ({ timeStamp }) => {
      actedAt = timeStamp;
    },
    { capture: true, passive: true },
  );

/**
 * The headers of a request that a click causes: it begins a trace, which goes on in the API, in Temporal and at the provider.
 * The page sends no spans itself.
 */
export function clickTrace(): Record<string, string> {
  const ageMs = Math.round(performance.now() - actedAt);
  const context = { traceId: randomTraceId(16), spanId: randomTraceId(8), sampled: true };
  return {
    traceparent: writeTraceparent(context),
    ...(Number.isFinite(ageMs) && ageMs >= 0 && { 'x-click-age': String(ageMs) }),
  };
}
