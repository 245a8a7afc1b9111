import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonValue } from '../../../platform/json.ts';
import type { Provider } from '../../server/provider.ts';
import type { ToolOf } from '../../tool-definition.ts';

/** Answers by itself after a delay, or fails as it is told. */
export function createDummyProvider({
  random = Math.random,
}: {
  random?: () => number;
} = {}): Provider<ToolOf<'dummy'>> {
  return {
    async call({ config }, _request, context) {
      context.onSent();
      try {
        if (config.delayMs > 0) await sleep(config.delayMs, undefined, { signal: context.signal });
        context.signal.throwIfAborted();
      } catch {
        return {
          ok: false,
          code: 'timeout',
          message: 'The dummy provider was not done in time',
          sent: 'unknown',
          transient: true,
        };
      }
      const { failure } = config;
      if (failure && random() < config.failureRate) {
        const sent = failure.code === 'timeout' ? 'unknown' : 'answered';
        return { ok: false, code: failure.code, message: failure.message, sent, transient: true };
      }
      const output = (config.response ?? {}) as JsonValue;
      return { ok: true, output, raw: output };
    },
  };
}
