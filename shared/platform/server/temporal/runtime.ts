import { DefaultLogger, Runtime } from '@temporalio/worker';

let installed = false;

/**
 * The SDK's runtime in this process, created before the first connection. By default it would stop its workers at SIGINT
 * and SIGTERM on its own, and log every failed tool as a warning.
 */
export function installTemporalRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('WARN', ({ level, message, meta, timestampNanos }) => {
      // A first attempt runs inside its workflow task, which may therefore take as long as the call.
      if (message === 'Workflow failed' || message.startsWith('[TMPRL1104]')) return;
      const time = Number(timestampNanos / 1_000_000n);
      const error = meta?.error instanceof Error ? meta.error.message : undefined;
      const { workflowId, activityType, taskQueue } = meta ?? {};
      process.stderr.write(
        `${JSON.stringify({ level, time, msg: message, workflowId, activityType, taskQueue, error })}\n`,
      );
    }),
    telemetryOptions: { logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } } },
  });
}
