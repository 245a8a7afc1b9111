import { spawnSync } from 'node:child_process';

/** @throws where Go is missing, which builds Temporal's server */
export function requireGo(): void {
  if (spawnSync('go', ['version']).status !== 0)
    throw new Error(
      "Temporal's server is built with Go, which this machine does not have. Nothing was started. Install Go (https://go.dev/dl), and try again.",
    );
}
