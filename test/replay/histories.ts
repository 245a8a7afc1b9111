import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from '../../worker/workflow-bundle.ts';

const folder = join(import.meta.dirname, 'histories');
/** `RECORD_HISTORIES=1` saves new histories: use it when a path is added, never to make a failing replay pass. */
const record = process.env.RECORD_HISTORIES === '1';

export const fileOf = (workflow: string, name: string): string =>
  `${workflow}.${name.replaceAll(',', '').replaceAll(' ', '-')}.json`;
export const savedHistories = (): string[] => readdirSync(folder).filter((file) => file.endsWith('.json'));
export const readHistory = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

/** Removes the names of the machine that recorded the history. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'stackTrace') return undefined;
  // Worker ids, also where they begin the name of a sticky queue: host/pid/random.
  if (typeof value !== 'string') return value;
  return value.replace(/^[\w.-]+\/\d+\/[0-9a-f]{8}/, 'worker').replace(/^\d+@[\w.-]+$/, 'client');
}

/** Replays the history of a workflow on the current code; saves it when recording. */
export async function replay(handle: WorkflowHandle, file: string): Promise<void> {
  const history = JSON.parse(historyToJSON(await handle.fetchHistory()));
  await Worker.runReplayHistory({ workflowBundle: await workflowBundle() }, history, handle.workflowId);
  if (record) writeFileSync(join(folder, file), `${JSON.stringify(history, withoutMachine, 1)}\n`);
}
