import type { Client } from '@temporalio/client';
import { connectTo } from './connect-admin.ts';

/** Every way a secret may be written: raw, escaped, hexadecimal, base64 at any alignment. */
export function secretForms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = [0, 1, 2].map((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last characters also carry bits of the neighbouring text.
    return padded.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  return [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
    bytes.toString('hex'),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/**
 * Every place where a secret was found, with the text around it.
 * @throws when there is nothing to search: a scan of nothing proves nothing
 */
export function findSecret(places: Record<string, string>, secret: string): string[] {
  if (Object.values(places).every((text) => text === '')) throw new Error('There is nothing to search.');
  return Object.entries(places).flatMap(([place, text]) =>
    secretForms(secret).flatMap((form) => {
      const at = text.indexOf(form);
      return at < 0 ? [] : [`${place}: …${text.slice(Math.max(0, at - 60), at + form.length + 20)}…`];
    }),
  );
}

/** All rows of all tables, sealed columns included. */
export async function dumpDatabase(adminUrl: string): Promise<Record<string, string>> {
  const client = await connectTo(adminUrl);
  try {
    const tables = await client.query<{ name: string }>(`
      SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`);
    const dump: Record<string, string> = {};
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
      dump[name] = rows.map(({ row }) => row).join('\n');
    }
    return dump;
  } finally {
    await client.end();
  }
}

/** Everything Temporal shows of a workflow: description, search attributes, and the history with its payloads decoded. */
export async function dumpWorkflow(client: Client, workflowId: string): Promise<string> {
  const handle = client.workflow.getHandle(workflowId);
  const [description, history] = await Promise.all([handle.describe(), handle.fetchHistory()]);
  const texts: string[] = [workflowId];
  collectTexts(description.raw, texts);
  collectTexts(history, texts);
  collectTexts(description.typedSearchAttributes.getAll(), texts);
  return texts.join('\n');
}

/** Every text inside a protocol message; bytes (payloads) as the text they hold. */
function collectTexts(value: unknown, into: string[]): void {
  if (typeof value === 'string') into.push(value);
  else if (value instanceof Uint8Array) into.push(Buffer.from(value).toString('utf8'));
  else if (value !== null && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      into.push(key);
      collectTexts(inner, into);
    }
  }
}
