import { type ExportedFiles, fileKinds } from '../file-schemas.ts';
import type { ExportContext } from './files-context.ts';
import { type Current, type Organization, pathOf, readOrganization } from './organization.ts';
import { writeTexts } from './read-texts.ts';

/** Everything that the organization has of its own, as files; equal definitions are equal texts. */
export async function exportFiles({ services, identity }: ExportContext): Promise<ExportedFiles> {
  const { tenantId } = identity;
  const organization = await readOrganization(services.db, tenantId);
  const sorted = [...organization.current.values()].toSorted(inOrder);
  const texts = await writeTexts(
    sorted.map(({ file }) => file),
    tenantId,
  );
  return {
    files: sorted.map(({ kind, name }, index) => ({ path: pathOf(kind, name), text: texts[index] ?? '' })),
    left: draftsLeft(organization),
  };
}

/** By kind, then by name. */
function inOrder(a: Pick<Current, 'kind' | 'name'>, b: Pick<Current, 'kind' | 'name'>): number {
  const kinds = fileKinds.indexOf(a.kind) - fileKinds.indexOf(b.kind);
  return kinds !== 0 ? kinds : a.name < b.name ? -1 : 1;
}

function draftsLeft({ playbooks }: Organization): ExportedFiles['left'] {
  return [...playbooks.values()].flatMap(({ name, document, draft }) =>
    document !== null && draft !== null
      ? [
          {
            kind: 'playbook' as const,
            name,
            reason: 'Its draft is not published and in no file; the file is the published version',
          },
        ]
      : [],
  );
}
