import type { PlaybookView } from '../../shared/playbooks/playbook-schemas.ts';
import type { DemoPlaybook } from './demo-playbook.ts';
import { demoDomains } from './domains.ts';
import { demoPlaybooks } from './playbooks.ts';
import type { Admins } from './register.ts';
import type { RestClient } from './rest-client.ts';

/** The authors of the playbooks of each desk. */
export type Writers = Record<DemoPlaybook['owner'], RestClient>;

/** Creates the domains that are missing; existing ones are left alone. */
export async function ensureDomains(admins: Admins): Promise<void> {
  const known = new Map<string, Set<string>>();
  for (const { owner, domain } of demoDomains) {
    const names = known.get(owner) ?? (await namesOf(admins[owner], '/api/exception-domains'));
    known.set(owner, names);
    const { name, ...rest } = domain;
    if (!names.has(name)) await admins[owner].call('PUT', `/api/exception-domains/${name}`, rest);
  }
}

/** Creates every playbook at its first version; names that exist are left alone. */
export async function ensurePlaybooks(writers: Writers): Promise<void> {
  await eachDesk(writers, async (writer, playbooks) => {
    const names = await namesOf(writer, '/api/playbooks?limit=200');
    for (const { versions, draft } of playbooks) {
      const first = versions[0];
      const document = first ? documentOf(first) : draft;
      if (!document || names.has(document.name)) continue;
      const { id } = await writer.call<PlaybookView>('POST', '/api/playbooks', document);
      if (first) await writer.call('POST', `/api/playbooks/${id}/publish`, { note: first.note });
    }
  });
}

/** Publishes later versions and saves drafts, unless someone has changed them. Call it after the early runs. */
export async function finishPlaybooks(writers: Writers): Promise<void> {
  await eachDesk(writers, async (writer, playbooks) => {
    const { items } = await writer.call<{ items: { id: string; name: string }[] }>(
      'GET',
      '/api/playbooks?limit=200',
    );
    for (const { versions, draft } of playbooks) {
      const name = versions[0]?.name;
      const id = items.find((each) => each.name === name)?.id;
      if (!id || (versions.length === 1 && !draft)) continue;
      const before = await writer.call<PlaybookView>('GET', `/api/playbooks/${id}`);
      if (before.draft) continue;
      for (const next of versions.slice(before.version ?? versions.length)) {
        await writer.call('PUT', `/api/playbooks/${id}`, documentOf(next));
        await writer.call('POST', `/api/playbooks/${id}/publish`, { note: next.note });
      }
      if (draft) await writer.call('PUT', `/api/playbooks/${id}`, draft);
    }
  });
}

async function eachDesk(
  writers: Writers,
  work: (writer: RestClient, playbooks: DemoPlaybook[]) => Promise<void>,
): Promise<void> {
  await Promise.all(
    Object.entries(writers).map(([owner, writer]) =>
      work(
        writer,
        demoPlaybooks.filter((each) => each.owner === owner),
      ),
    ),
  );
}

function documentOf({ note: _, ...document }: DemoPlaybook['versions'][number]) {
  return document;
}

async function namesOf(client: RestClient, path: string): Promise<Set<string>> {
  const { items } = await client.call<{ items: { name: string }[] }>('GET', path);
  return new Set(items.map(({ name }) => name));
}
