import { authDefinitions, everyAuthDefinition } from '../../../../shared/tools/auth/registry.ts';
import type { Outputs } from '../../../api/trpc.ts';
import type { StatusKind } from '../../../kit/status.tsx';
import { t } from '../../../words/words.ts';

export type Credential = Outputs['credentials']['get'];

/** "API key"; a kind that this page does not know yet shows its name. */
export const kindWord = (type: string): string =>
  Object.hasOwn(authDefinitions, type)
    ? t(authDefinitions[type as keyof typeof authDefinitions].label)
    : type;

const health: Record<NonNullable<Credential['health']>['status'], { kind: StatusKind; word: string }> = {
  ok: { kind: 'succeeded', word: t('Accepted') },
  refused: { kind: 'failed', word: t('Refused') },
  unclear: { kind: 'unknown', word: t('Unclear') },
  unreachable: { kind: 'unknown', word: t('Unreachable') },
};

/** What calls and the last test found. */
export const healthStatus = (
  credential: Pick<Credential, 'health' | 'refused' | 'hasValue'>,
): { kind: StatusKind; word: string } => {
  if (!credential.hasValue) return { kind: 'unknown', word: t('No value yet') };
  if (credential.refused) return health.refused;
  return credential.health ? health[credential.health.status] : { kind: 'pending', word: t('Not tested') };
};

const dayMs = 24 * 60 * 60_000;

/** Null while the expiry is far away. */
export function expiryStatus(
  { expiry, expiresAt }: Pick<Credential, 'expiry' | 'expiresAt'>,
  now: number,
): { kind: StatusKind; word: string } | null {
  if (expiry === 'expired') return { kind: 'failed', word: t('Expired') };
  if (expiry !== 'soon' || !expiresAt) return null;
  const days = Math.ceil((Date.parse(expiresAt) - now) / dayMs);
  return { kind: 'unknown', word: days <= 1 ? t('Expires within a day') : t`Expires in ${days} days` };
}

/** Whether the secret of a kind has several parts, which are written as JSON. */
export function hasParts(type: string): boolean {
  const kind = everyAuthDefinition().find(([each]) => each === type)?.[1];
  const shape = kind?.secretField ? kind.schema.shape[kind.secretField] : undefined;
  return (
    shape !== undefined &&
    !(shape as { safeParse(value: unknown): { success: boolean } }).safeParse('x').success
  );
}
