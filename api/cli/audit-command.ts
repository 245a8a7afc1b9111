import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { readPublicKey } from '../../shared/events/server/audit/audit-signature.ts';
import { readHeadFiles } from '../../shared/events/server/audit/read-heads.ts';
import {
  AuditMismatch,
  type Verified,
  verifyExport,
} from '../../shared/events/server/audit/verify-export.ts';
import { errorMessage } from '../../shared/platform/error-message.ts';
import { isEvidence, type VerifiedEvidence, verifyEvidence } from '../evidence/verify-evidence.ts';
import { exitCodes } from './output.ts';
import type { Terminal } from './terminal.ts';

export function auditCommand(terminal: Terminal): Command {
  const audit = new Command('audit').description('The audit trail');
  audit
    .command('verify')
    .description(
      'Checks an export of the audit trail (GET /api/audit/export), or the evidence of a case (GET /api/exceptions/…/evidence.html or .json), without a server',
    )
    .argument('<file>', 'the export as NDJSON, or the evidence')
    .option('--heads <folder>', 'signed heads that were kept elsewhere (INTERLOCK_AUDIT_HEADS)')
    .option('--public-key <file>', 'the public key of the deployment, in PEM')
    .addHelpText(
      'after',
      '\nExits with 0 when everything in the file is as it was sealed, with 1 and the first event, block or line that is not, and with 2 when it is used wrongly.',
    )
    .action((file: string, options: VerifyOptions) => verify(terminal, file, options));
  return audit;
}

interface VerifyOptions {
  heads?: string;
  publicKey?: string;
}

async function verify(terminal: Terminal, file: string, options: VerifyOptions): Promise<void> {
  const { heads: folder } = options;
  const publicKeys = await keysFrom(options);
  const heads = folder === undefined ? [] : await readHeadFiles(folder).catch(unreadable(folder));
  const input = createReadStream(file);
  // An error before the first line would end the process before it is awaited.
  await once(input, 'open').catch(unreadable(file));
  try {
    const options = { heads, publicKeys };
    const begin = await startOf(file);
    if (isEvidence(begin)) {
      input.destroy();
      const verified = await verifyEvidence(await readFile(file, 'utf8'), options);
      terminal.say([evidenceLine(verified), ...reportOf(verified, folder)].join('\n'));
      return;
    }
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    const verified = await verifyExport(lines, options);
    terminal.say(reportOf(verified, folder).join('\n'));
  } catch (error) {
    if (!(error instanceof AuditMismatch)) throw error;
    terminal.note(`NOT WHOLE: ${error.message}`);
    terminal.exitCode = exitCodes.error;
  }
}

async function startOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

const evidenceLine = ({ title, exportedAt }: VerifiedEvidence): string =>
  `WHOLE: what the file says of “${title}” is what was sealed when it was made, ${exportedAt}.`;

const unreadable =
  (path: string) =>
  (error: unknown): never => {
    throw new Error(`${path} cannot be read. ${errorMessage(error)}`);
  };

/** A key that is named, or those that lie beside the heads. */
async function keysFrom({ heads, publicKey }: VerifyOptions) {
  const files =
    publicKey !== undefined
      ? [publicKey]
      : heads === undefined
        ? []
        : (await readdir(heads).catch(unreadable(heads)))
            .filter((name) => /^public-key-.*\.pem$/.test(name))
            .map((name) => join(heads, name));
  return Promise.all(
    files.map(async (file) => {
      const pem = await readFile(file, 'utf8').catch(unreadable(file));
      try {
        return readPublicKey(pem);
      } catch {
        throw new Error(`${file} is no Ed25519 public key in PEM.`);
      }
    }),
  );
}

const count = new Intl.NumberFormat('en');

function reportOf(verified: Verified, folder: string | undefined): string[] {
  const { tenant, events, blocks, leftOut, firstSequence, lastSequence, hash, fromStart, heads } = verified;
  const { removed, removedThrough, erasedParts } = verified;
  const range = fromStart
    ? 'from the first event'
    : `from event ${count.format(firstSequence)}; what came before is not in the file`;
  return [
    `WHOLE: ${count.format(events)} events of ${tenant} in ${count.format(blocks)} blocks are as they were sealed.`,
    `  Events ${count.format(firstSequence)} to ${count.format(lastSequence)}, ${range}.`,
    ...(removed > 0
      ? [
          `  Retention removed ${count.format(removed)} events, as an event of the chain says; their digests are there.`,
        ]
      : []),
    ...(removed === 0 && removedThrough > 0
      ? [
          `  Retention has removed events up to ${count.format(removedThrough)}: some of them may be left out.`,
        ]
      : []),
    ...(erasedParts > 0
      ? [
          `  ${count.format(erasedParts)} ${erasedParts === 1 ? 'part of an event was' : 'parts of events were'} erased with a person's data, as events of the chain say; their digests are there.`,
        ]
      : []),
    ...(leftOut > 0
      ? [`  The export was filtered: ${count.format(leftOut)} other events are there by their digests only.`]
      : []),
    `  Head: ${hash}`,
    `  Signed heads that fit: ${heads.inFile} in the file${folder === undefined ? '' : `, ${heads.elsewhere} in ${folder}`}.`,
    verified.trustedKey
      ? `  Signed with the key ${verified.keyId}, which was given.`
      : `  Signed with the key ${verified.keyId} of the file itself: compare it with that of the deployment, or give --public-key or --heads.`,
  ];
}
