import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { readJson, writePrivateJson } from './private-file.ts';

const secretsSchema = z.object({
  /** Of the database login that the processes use. */
  appPassword: z.string().min(16),
  /** Signs sessions. */
  authSecret: z.string().min(32),
});
export type Secrets = z.infer<typeof secretsSchema>;

/** The secrets of the embedded stack: created once, stored beside its data. */
export function readSecrets(file: string): Secrets {
  const kept = secretsSchema.safeParse(readJson(file));
  if (kept.success) return kept.data;
  const secrets: Secrets = { appPassword: random(), authSecret: random() };
  writePrivateJson(file, secrets);
  return secrets;
}

function random(): string {
  return randomBytes(32).toString('base64url');
}
