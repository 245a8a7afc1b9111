import type { ChangeContext } from '../../events/server/change-context.ts';
import { tell } from '../../events/server/tell.ts';
import { InterlockError } from '../../platform/error-codes.ts';
import { writeJson } from '../../platform/json-text.ts';
import type { Vault } from '../../platform/server/vault.ts';
import type { PersonalData } from '../../tools/server/personal-data.ts';
import { readAccount } from '../db/account.ts';
import { endOfPage, readPage } from '../db/place-rows.ts';
import { places } from '../db/places.ts';
import { endOfLogPage, readLogPage } from '../db/read-log.ts';
import type { PersonRequestRow } from '../db/requests.ts';
import type { Person } from '../traces.ts';
import { tracesIn } from './erase-row.ts';
import { mustFind } from './requests.ts';
import { openPerson, type Search, searchFor } from './subject.ts';

type ExportContext = ChangeContext<{ vault: Vault; personal: PersonalData }>;

export const personFormat = 'interlock-person-1';
const batch = 200;
const logBatch = 1_000;

export interface PersonExport {
  row: PersonRequestRow;
  person: Person;
  search: Search;
}

/**
 * Says in the log that someone exports what is stored about a person.
 * @throws InterlockError `not_found`, or `conflict` when it is erased or forgotten
 */
export async function beginPersonExport(context: ExportContext, id: string): Promise<PersonExport> {
  const { services, identity } = context;
  const row = await mustFind(context, id);
  const person = await openPerson(services.vault, row);
  if (!person || row.status === 'erasing')
    throw new InterlockError('conflict', 'There is nothing to export: this search is over. Search again.');
  await services.db.tenant(identity.tenantId, (connection) =>
    tell(connection, context, {
      type: 'PersonExported',
      subjectType: 'person',
      subjectId: id,
      data: { pseudonym: row.pseudonym },
    }),
  );
  return { row, person, search: await searchFor(services.personal, row, person) };
}

/** One JSON document, a record on each line: what of each record is about the person, as it is stored. */
export async function* exportPerson(
  { services, identity }: ExportContext,
  { row, person, search }: PersonExport,
): AsyncGenerator<string> {
  const { tenantId } = identity;
  const { account } = person;
  const stored = account && (await services.db.accounts((connection) => readAccount(connection, account.id)));
  const head = {
    format: personFormat,
    organization: identity.tenantSlug,
    exportedAt: new Date().toISOString(),
    search: row.id,
    about: { account: stored ?? account, values: person.values },
  };
  yield `${writeJson(head).slice(0, -1)},"records":[`;
  let separator = '\n';
  for await (const record of recordsOf({ services, tenantId, search })) {
    yield separator + writeJson(record);
    separator = ',\n';
  }
  yield '\n]}\n';
}

interface Reading {
  services: ExportContext['services'];
  tenantId: string;
  search: Search;
}

async function* recordsOf(reading: Reading): AsyncGenerator<object> {
  const { services, tenantId, search } = reading;
  const { pattern } = search;
  for (const place of places) {
    for (let after: string | null = null, last = false; !last; ) {
      const page = await services.db.system(async (connection) => {
        const end = await endOfPage(connection, tenantId, place, { after, limit: batch });
        return (
          end && {
            ...end,
            rows: await readPage(connection, tenantId, place, { after, until: end.until, pattern }),
          }
        );
      });
      if (!page) break;
      after = page.until;
      last = page.last;
      for (const { key, values } of page.rows) {
        const { columns } = tracesIn(place, { key, values }, search);
        if (columns.length === 0) continue;
        const about = Object.fromEntries(columns.map((column) => [column, values[column]]));
        yield { where: place.name, table: place.table, id: key.join('/'), about };
      }
    }
  }
  yield* eventsOf(reading);
}

async function* eventsOf({ services, tenantId, search }: Reading): AsyncGenerator<object> {
  const { pattern } = search;
  for (let after: string | null = null; ; ) {
    const { until, events } = await services.db.system(async (connection) => {
      const until = await endOfLogPage(connection, tenantId, { after, limit: logBatch });
      const events = until === null ? [] : await readLogPage(connection, tenantId, { after, until, pattern });
      return { until, events };
    });
    if (until === null) return;
    after = until;
    for (const event of events) {
      const parts = search.inLog(event);
      if (parts.length === 0) continue;
      const { id, type, subjectType, subjectId, door, createdAt } = event;
      const about = Object.fromEntries(parts.map((part) => [part, event[part]]));
      yield { where: 'events', id, type, subjectType, subjectId, door, at: createdAt.toISOString(), about };
    }
  }
}
