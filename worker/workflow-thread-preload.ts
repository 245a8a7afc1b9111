import { Script } from 'node:vm';
import { workerData } from 'node:worker_threads';

// Loaded into each workflow thread before the SDK's own code; see watched-threads.ts.

const { heartbeat } = workerData as { heartbeat: Int32Array };

const runInContext = Script.prototype.runInContext;
Script.prototype.runInContext = function (context, options) {
  if (typeof options !== 'object' || options.timeout === undefined)
    return runInContext.call(this, context, options);
  const { timeout: _timeout, ...rest } = options;
  return runInContext.call(this, context, rest);
};

setInterval(() => Atomics.add(heartbeat, 0, 1), 250).unref();
