import { z } from 'zod';
import type { Vault } from '../../platform/server/vault.ts';
import type { SealedStore } from '../../platform/server/vault-keys.ts';
import type { PersonalData } from '../../tools/server/personal-data.ts';
import { createEraser, type Person, quotedNames, roughPattern } from '../traces.ts';
import type { Subject } from './erase-row.ts';
import { createLogTraces, type LogTraces } from './log-traces.ts';

const personSchema = z.object({
  account: z.object({ id: z.string(), names: z.array(z.string()), email: z.string().nullable() }).nullable(),
  values: z.array(z.string()),
});

interface Of {
  id: string;
  tenant_id: string;
}
const contextOf = ({ id, tenant_id }: Of) => ({ purpose: 'person-request', tenant: tenant_id, request: id });

/** Who a search is about is sealed: an organization may have chosen that such values are stored nowhere. */
export const sealPerson = (vault: Vault, of: Of, person: Person): Promise<Buffer> =>
  vault.seal(JSON.stringify(person), contextOf(of));

export async function openPerson(
  vault: Vault,
  row: Of & { subject_sealed: Uint8Array | null },
): Promise<Person | null> {
  if (!row.subject_sealed) return null;
  return personSchema.parse(JSON.parse(await vault.open(row.subject_sealed, contextOf(row))));
}

export const sealedPersons: SealedStore = {
  table: 'person_request',
  column: 'subject_sealed',
  key: ['id'],
  facts: ['tenant_id'],
  contextOf: ({ id, tenant_id }) => contextOf({ id: id!, tenant_id: tenant_id! }),
};

/** What finds a person in what is stored. */
export interface Search extends Subject {
  person: Person;
  /** For PostgreSQL; it matches every row with a trace. */
  pattern: string;
  inLog: LogTraces;
}

/** Values are stored as their hash too, where the organization has chosen that. */
export async function searchFor(
  personal: PersonalData,
  { tenant_id, pseudonym }: { tenant_id: string; pseudonym: string },
  person: Person,
): Promise<Search> {
  const stored = await Promise.all(
    [...person.values, ...(person.account?.email ? [person.account.email] : [])].map((value) =>
      personal.hashedForms(tenant_id, value),
    ),
  );
  const further = stored.flat();
  const rough = roughPattern({ ...person, values: [...person.values, ...further] });
  return {
    person,
    pseudonym,
    accountId: person.account?.id ?? null,
    eraser: createEraser(person, further),
    quoting: createEraser({ ...person, values: [...person.values, ...quotedNames(person.account)] }, further),
    pattern: rough,
    inLog: createLogTraces(person, further),
  };
}
