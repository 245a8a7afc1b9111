import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { AuditHead } from '../../audit-schemas.ts';
import { auditFormat } from './audit-digest.ts';

type UnsignedHead = Omit<AuditHead, 'signature'>;

/** @returns the first 16 hex digits of the SHA-256 of the public key in DER */
export function keyIdOf(publicKey: KeyObject): string {
  return hash('sha256', publicKey.export({ type: 'spki', format: 'der' }), 'hex').slice(0, 16);
}

export function signHead(head: UnsignedHead, privateKey: KeyObject): AuditHead {
  return { ...head, signature: sign(null, headText(head), privateKey).toString('base64') };
}

export function isSignedBy(head: AuditHead, publicKey: KeyObject): boolean {
  return verify(null, headText(head), publicKey, Buffer.from(head.signature, 'base64'));
}

function headText({ tenantId, block, sequence, hash: tip, signedAt, keyId }: UnsignedHead): Buffer {
  return Buffer.from(JSON.stringify([auditFormat, 'head', tenantId, block, sequence, tip, signedAt, keyId]));
}

/** Of a whole export. @param digest SHA-256 of every byte before the last line, in hex */
export function signExport(digest: string, privateKey: KeyObject): string {
  return sign(null, exportText(digest), privateKey).toString('base64');
}

export function isExportSignedBy(digest: string, signature: string, publicKey: KeyObject): boolean {
  return verify(null, exportText(digest), publicKey, Buffer.from(signature, 'base64'));
}

const exportText = (digest: string): Buffer => Buffer.from(JSON.stringify([auditFormat, 'export', digest]));

/** @throws Error when it is no Ed25519 public key in PEM */
export function readPublicKey(pem: string): KeyObject {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key');
  return key;
}
