import { z } from 'zod';

/** The keys of the vault: their names, never their bytes. */
export const encryptionKeysSchema = z.object({
  items: z.array(
    z.object({
      /** As it is named in the settings of the processes, or in the database when KMS has wrapped it. */
      id: z.string(),
      /** The process that responds has it. A key that is not needed can be removed when `secrets` is 0. */
      inRing: z.boolean(),
      /** New secrets are sealed with it, and those of other keys again. */
      seals: z.boolean(),
      /** The ARN of the KMS key that has wrapped it. */
      kmsKey: z.string().nullable(),
      secrets: z.int(),
    }),
  ),
  /** Keys that KMS has unwrapped for the process that answers; null: every key is local. */
  unwrapped: z
    .object({
      since: z.string(),
      /** From then on calls are refused, unless KMS unwraps them again. */
      until: z.string(),
      /** Why the last attempt failed; null: it did not. */
      problem: z.string().nullable(),
    })
    .nullable(),
  /** Secrets of every kind that are stored. */
  total: z.int(),
  /** Those that the sealing key has sealed. */
  done: z.int(),
  /** Those that are still to be sealed again. */
  left: z.int(),
});
