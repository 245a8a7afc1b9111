import { createHash } from 'node:crypto';
import { InterlockError, type Issue } from '../../platform/error-codes.ts';
import { isObject } from '../../platform/schema-properties.ts';
import { same } from '../../tools/diff-definitions.ts';
import { connectorFile, domainFile, type NamesOf, playbookFile, toolFile } from '../file-form.ts';
import {
  type DefinitionFile,
  type FileChange,
  type FileKind,
  type FileProblem,
  type FilesPlan,
  fileKinds,
  folders,
  type PlanFiles,
} from '../file-schemas.ts';
import { CredentialPlan } from './credential-plan.ts';
import { type ChangedFile, connectorsOf, type Draft, type Drafting, draftFile } from './draft-files.ts';
import { filesCatalog } from './files-catalog.ts';
import type { FilesContext } from './files-context.ts';
import { impactOf } from './impact.ts';
import { placeInFile } from './named-definition.ts';
import { type Current, type Organization, readOrganization } from './organization.ts';
import { type Archive, archiveProblems, archivesOf } from './prune-files.ts';
import { locateIn, readTexts, writeTexts } from './read-texts.ts';

type Fields = Record<string, unknown>;

export interface PlannedFile extends ChangedFile {
  name: string;
  draft: Draft;
}

/** What applying files would do, with what it would write. */
export interface Planned {
  plan: FilesPlan;
  /** In the order in which they are written. */
  writes: PlannedFile[];
  /** After them. */
  archives: Archive[];
  credentials: CredentialPlan;
}

/** A problem before its line is known. */
interface Placed extends Omit<FileProblem, 'line'> {
  line?: number;
}

/**
 * Compares files with the organization, and checks them as the single doors would. Changes nothing.
 * @param impact whether to say what the changes look like and break
 * @throws InterlockError `forbidden`, or `invalid_input` when the files cannot be read at all
 */
export async function planFiles(
  context: FilesContext,
  { files, prune }: PlanFiles,
  { impact }: { impact: boolean },
): Promise<Planned> {
  const { services, identity } = context;
  const { tenantId } = identity;
  const problems: Placed[] = [];
  const organization = await readOrganization(services.db, tenantId);
  const read = await readFiles(files, tenantId, problems);
  const drafting: Drafting = {
    context,
    organization,
    credentials: new CredentialPlan(organization.credentials),
    connectors: connectorsOf(organization),
    written: new Map(),
    catalog: { tool: () => null, playbook: () => null },
    note: 'Applied from files',
  };
  const writes: PlannedFile[] = [];
  for (const kind of fileKinds) {
    const ofKind = read.filter((each) => each.kind === kind);
    if (kind === 'playbook') drafting.catalog = await catalogOf(drafting, ofKind, writes);
    for (const each of ofKind) {
      const current = organization.current.get(each.file) ?? null;
      if (current && isSame(kind, canonical(kind, each.value), current.file)) continue;
      const changed = { ...each, current };
      const draft = await draftFile(drafting, changed).catch((error: unknown) => {
        problems.push(...problemsOf(error, changed));
        return null;
      });
      if (draft && !(current && isSame(kind, draft.after, current.file)))
        writes.push({ ...changed, name: String(each.value.name), draft });
    }
  }
  const given = new Set(files.map(({ path }) => path));
  const archives = prune ? archivesOf(context, organization, given) : [];
  const after = new Map(writes.map(({ file, draft }) => [file, draft.after]));
  problems.push(...(await archiveProblems(context, organization, { archives, after })));
  const plan: FilesPlan = {
    planDigest: digestOf(files, archives, organization.current),
    changes: await changesOf(drafting, { read, writes, archives, impact }),
    credentials: drafting.credentials.missing(false),
    problems: await located(problems, files, tenantId),
  };
  return { plan, writes, archives, credentials: drafting.credentials };
}

interface ReadDefinition {
  file: string;
  kind: FileKind;
  value: Fields;
}

async function readFiles(
  files: readonly DefinitionFile[],
  tenantId: string,
  problems: Placed[],
): Promise<ReadDefinition[]> {
  const texts = await readTexts(
    files.map(({ text }) => text),
    tenantId,
  );
  const seen = new Set<string>();
  return files.flatMap(({ path: file }, index): ReadDefinition[] => {
    const refuse = (message: string, path = '', line?: number): [] => {
      problems.push({ file, path, message, ...(line !== undefined && { line }) });
      return [];
    };
    const kind = fileKinds.find((each) => file.startsWith(`${folders[each]}/`));
    const name = kind && /^[a-z][a-z0-9_]*(?=\.yaml$)/.exec(file.slice(folders[kind].length + 1))?.[0];
    if (!kind || !name)
      return refuse('The path says what a file is: tools/<name>.yaml, or connectors, playbooks or domains');
    if (seen.has(file)) return refuse('The file is there twice');
    seen.add(file);
    const text = texts[index];
    if (!text || 'problem' in text) return refuse(text?.problem ?? 'cannot be read', '', text?.line);
    if (!isObject(text.value)) return refuse('A definition is an object with a name');
    if (text.value.name !== name)
      return refuse(`The file is called ${name}, so its name must be too`, '/name');
    return [{ file, kind, value: text.value }];
  });
}

/** Tools and playbooks as the files would leave them. */
function catalogOf(
  { context }: Drafting,
  playbooks: readonly ReadDefinition[],
  writes: readonly PlannedFile[],
) {
  const documents = playbooks.flatMap(({ value: { draft, ...document } }) =>
    draft === true ? [] : [document],
  );
  const tools = writes.flatMap(({ draft }) => draft.tool ?? []);
  return filesCatalog(context.services.db, context.identity.tenantId, documents, tools);
}

/** Names in a file are names already. */
const asNamed: NamesOf = { connector: (name) => name, credential: (name) => name };

/** A file as it would be exported, as far as that can be said before it is checked. */
function canonical(kind: FileKind, value: Fields): Fields {
  if (kind === 'domain') return domainFile(value);
  if (kind === 'playbook') {
    const { draft, ...document } = value;
    return playbookFile(document, draft === true);
  }
  if (kind === 'connector') return connectorFile(value, asNamed);
  const { connector, config, ...rest } = value;
  const own = isObject(config) ? config : {};
  return toolFile(
    { ...rest, config: { ...(connector !== undefined && { connectorId: connector }), ...own } },
    asNamed,
  );
}

/** Of playbooks and domains, the order of keys is what a form shows. */
const isSame = (kind: FileKind, a: Fields, b: Fields): boolean =>
  kind === 'tool' || kind === 'connector' ? same(a, b) : JSON.stringify(a) === JSON.stringify(b);

/** @throws every error that is not about what the file says */
function problemsOf(error: unknown, { file, value }: ChangedFile): Placed[] {
  if (!(error instanceof InterlockError) || !['invalid_definition', 'already_exists'].includes(error.code))
    throw error;
  const issues: Issue[] = error.issues?.length
    ? error.issues
    : [{ path: '', message: error.message, keyword: error.code }];
  return issues.map(({ path, message }) => ({ file, path: placeInFile(path, value), message }));
}

/** Problems in the order of the files and their lines. */
async function located(
  problems: readonly Placed[],
  files: readonly DefinitionFile[],
  tenantId: string,
): Promise<FileProblem[]> {
  const given = new Set(files.map(({ path }) => path));
  const found = problems.flatMap((each): FileProblem[] =>
    given.has(each.file) ? [] : [{ ...each, line: 1 }],
  );
  for (const { path: file, text } of files) {
    const own = problems.filter((each) => each.file === file);
    const places = own.map(({ path }) => path);
    const lines = places.length > 0 ? await locateIn(text, places, tenantId) : [];
    const here = own.map((each, index) => ({ ...each, line: each.line ?? lines[index] ?? 1 }));
    found.push(...here.toSorted((a, b) => a.line - b.line));
  }
  return found;
}

async function changesOf(
  drafting: Drafting,
  {
    read,
    writes,
    archives,
    impact,
  }: {
    read: readonly ReadDefinition[];
    writes: readonly PlannedFile[];
    archives: readonly Archive[];
    impact: boolean;
  },
): Promise<FileChange[]> {
  const { context, organization } = drafting;
  const shown = impact ? writes : [];
  const texts = await writeTexts(
    shown.flatMap(({ current, draft }) => [current?.file ?? null, draft.after]),
    context.identity.tenantId,
  );
  const changed = new Set(writes.map(({ file }) => file));
  const given = new Set(read.map(({ file }) => file));
  const gone = new Set(archives.map(({ file }) => file));
  const found: FileChange[] = [];
  const nothing = { before: null, after: null, breaking: false, changes: [], affects: [] };
  for (const [index, { file, kind, name, current, draft }] of writes.entries())
    found.push({
      file,
      kind,
      name,
      action: current ? 'update' : 'create',
      ...nothing,
      before: current ? (texts[2 * index] ?? null) : null,
      after: texts[2 * index + 1] ?? null,
      ...(impact && (await impactOf(drafting, { kind, current, draft }))),
    });
  for (const { file, kind, value } of read)
    if (!changed.has(file) && organization.current.has(file))
      found.push({ file, kind, name: String(value.name), action: 'unchanged', ...nothing });
  for (const [file, { kind, name }] of organization.current)
    if (!given.has(file))
      found.push({ file, kind, name, action: gone.has(file) ? 'archive' : 'not_in_files', ...nothing });
  return found;
}

const bytesOf = (text: string): Buffer => createHash('sha256').update(text).digest().subarray(0, 6);

/**
 * Of every file: its path, and what it says with what the organization has there. It is compared piece by piece, so that a
 * refusal names what has changed.
 */
function digestOf(
  files: readonly DefinitionFile[],
  archives: readonly Archive[],
  current: Organization['current'],
): string {
  // No file that can be applied is empty.
  const gone = archives.map(({ file }) => ({ path: file, text: '' }));
  const pieces = [...files, ...gone]
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, text }) => Buffer.concat([bytesOf(path), bytesOf(stateOf(text, current.get(path)))]));
  return Buffer.concat(pieces).toString('base64url');
}

const stateOf = (text: string, current: Current | undefined): string =>
  JSON.stringify([text, current ? [current.id, current.state, current.file] : null]);

/** The paths whose plan was another one: their files, or what the organization has, have changed since. */
export function changedSince(planned: string, now: string, paths: readonly string[]): string[] {
  const pieces = (digest: string) => {
    const bytes = Buffer.from(digest, 'base64url');
    const found = new Map<string, string>();
    for (let at = 0; at + 12 <= bytes.length; at += 12)
      found.set(bytes.toString('hex', at, at + 6), bytes.toString('hex', at + 6, at + 12));
    return found;
  };
  const [before, after] = [pieces(planned), pieces(now)];
  return paths.filter((path) => {
    const key = bytesOf(path).toString('hex');
    return before.get(key) !== after.get(key);
  });
}
