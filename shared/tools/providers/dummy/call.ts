import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonValue } from '../../../platform/json.ts';
import type { Provider } from '../../server/provider.ts';
import type { DummyTool } from './definition.ts';

/** Responds after a delay without calling anything, or fails as configured. */
export function createDummyProvider({
  random = Math.random,
}: {
  random?: () => number;
} = {}): Provider<DummyTool> {
  return {
    async call({ config }, _request, context) {
      if (!context.maySend())
        return {
          ok: false,
          code: 'timeout',
          message: 'The dummy provider was not called in time',
          sent: 'before',
          transient: true,
        };
      context.onSent();
      try {
        if (config.delayMs > 0) await sleep(config.delayMs, undefined, { signal: context.signal });
        context.signal.throwIfAborted();
      } catch {
        return {
          ok: false,
          code: 'timeout',
          message: 'The dummy provider did not finish in time',
          sent: 'unknown',
          transient: true,
        };
      }
      const { failure } = config;
      if (failure && random() < config.failureRate) {
        const sent = failure.code === 'timeout' ? 'unknown' : 'responded';
        return { ok: false, code: failure.code, message: failure.message, sent, transient: true };
      }
      const output = (config.response ?? {}) as JsonValue;
      return { ok: true, output };
    },
  };
}
