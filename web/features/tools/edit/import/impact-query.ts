import { type ImportImpact, maxImpactOperations } from '../../../../../shared/imports/import-schemas.ts';
import { useQuery } from '../../../../api/query.ts';
import { api } from '../../../../api/trpc.ts';
import { t } from '../../../../words/words.ts';
import { broken } from '../blast-radius.tsx';

export type OperationImpact = ImportImpact['operations'][number];
type Impact = ReadonlyMap<string, OperationImpact>;

/** Who uses the tools of changed operations, by key. */
export function useImpact(id: () => string, changed: () => string[]) {
  return useQuery(() => ({
    // Asked once for each visit: the response depends on more than the document.
    queryKey: ['import-impact', id(), changed()],
    queryFn: () => readImpact(id(), changed()),
    enabled: changed().length > 0,
    gcTime: 0,
    retry: false,
  }));
}
export type ImpactQuery = ReturnType<typeof useImpact>;

async function readImpact(id: string, keys: readonly string[]): Promise<Impact> {
  const found = new Map<string, OperationImpact>();
  for (let from = 0; from < keys.length; from += maxImpactOperations) {
    const { operations } = await api.imports.impact.mutate({
      id,
      operations: keys.slice(from, from + maxImpactOperations),
    });
    for (const each of operations) found.set(each.key, each);
  }
  return found;
}

/** What applying a change breaks; nothing where it cannot be applied. */
export function brokenBy({ playbooks, waitingSteps, storedInputs }: OperationImpact) {
  return playbooks && waitingSteps && storedInputs ? broken({ playbooks, waitingSteps, storedInputs }) : [];
}

/** Of the chosen operations; null: nothing breaks. */
export function impactWords(impact: Impact | undefined, chosen: ReadonlySet<string>): string | null {
  const breaking = [...chosen].flatMap((key) => {
    const each = impact?.get(key);
    return each && brokenBy(each).length > 0 ? [each.name] : [];
  });
  if (breaking.length === 0) return null;
  const names = breaking.slice(0, 3).join(', ');
  const more = breaking.length > 3 ? t` and ${breaking.length - 3} more` : '';
  return t`Breaks those who use ${names}${more}, as listed above.`;
}
