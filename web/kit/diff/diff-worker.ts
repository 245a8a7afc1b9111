import { type DiffRun, diffRuns } from './line-diff.ts';

// Long texts are compared beside the page, which stays usable meanwhile.
self.onmessage = ({ data: { before, after } }: MessageEvent<{ before: string; after: string }>) =>
  self.postMessage(diffRuns(before, after) satisfies DiffRun[]);
