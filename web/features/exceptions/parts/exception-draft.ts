import { createMemo, createSignal } from 'solid-js';
import type { Severity } from '../../../../shared/exceptions/exception-schemas.ts';
import type { Issue } from '../../../../shared/platform/error-codes.ts';
import { type ApiError, toApiError } from '../../../api/api-error.ts';
import type { Outputs } from '../../../api/trpc.ts';
import { issuesElsewhere } from '../../../kit/schema-form/issues-elsewhere.ts';
import { isWithin, setAt } from '../../../kit/schema-form/json-edit.ts';
import type { JsonSchema } from '../../../kit/schema-form/schema-field.ts';
import { initialValue } from '../../../kit/schema-form/schema-values.ts';

export interface ExceptionDraft {
  title: string;
  description: string;
  domain: string;
  /** Empty: not chosen, only of a new one. */
  severity: Severity | '';
  /** ISO 8601; empty for none. */
  dueAt: string;
  /** A member's id; empty: not chosen. */
  assignee: string;
  attributes: Record<string, unknown>;
}

export type Domain = Outputs['exceptions']['domains']['items'][number];

/** The values of an exception's fields, and the issues found in them. */
export function createExceptionDraft(initial: ExceptionDraft, domains: () => readonly Domain[]) {
  const [draft, setDraft] = createSignal(initial);
  const [issues, setIssues] = createSignal<readonly Issue[]>([]);
  const [error, setError] = createSignal<ApiError>();

  const schemaOf = (domain: string): JsonSchema | undefined =>
    domains().find((each) => each.name === domain)?.attributeSchema;
  const forget = (pointer: string) => setIssues((before) => issuesElsewhere(before, pointer));
  const inAttributes = (issue: Issue) => isWithin(issue.path, '/attributes');

  return {
    draft,
    /** The schema of the attributes; undefined when the domain has no attributes. */
    schema: createMemo(() => {
      const schema = schemaOf(draft().domain);
      return schema && Object.keys((schema.properties as object | undefined) ?? {}).length > 0
        ? schema
        : undefined;
    }),
    set: <K extends keyof ExceptionDraft>(key: K, value: ExceptionDraft[K]) => {
      setDraft((before) => ({ ...before, [key]: value }));
      forget(`/${key}`);
    },
    /** Resets the attributes: each domain has its own. */
    setDomain: (domain: string) => {
      const schema = schemaOf(domain);
      const attributes = (schema ? initialValue(schema, schema) : undefined) ?? {};
      setDraft((before) => ({ ...before, domain, attributes: attributes as Record<string, unknown> }));
      forget('/domain');
      forget('/attributes');
    },
    setAttribute: (pointer: string, value: unknown) => {
      setDraft((before) => ({
        ...before,
        attributes: setAt(before.attributes, pointer, value) as Record<string, unknown>,
      }));
      forget(`/attributes${pointer}`);
    },
    error,
    issueAt: (pointer: string) => issues().find((issue) => issue.path === pointer)?.message,
    attributeIssues: createMemo(() =>
      issues()
        .filter(inAttributes)
        .map((issue) => ({ ...issue, path: issue.path.slice('/attributes'.length) })),
    ),
    /** Issues that no field shows. */
    otherIssues: createMemo(() =>
      issues().filter((issue) => !inAttributes(issue) && !(issue.path.slice(1) in draft())),
    ),
    firstIssue: () => issues()[0]?.path,
    begin: () => {
      setIssues([]);
      setError(undefined);
    },
    fail: (thrown: unknown) => {
      const problem = toApiError(thrown);
      setIssues(problem.issues);
      setError(problem);
    },
    reject: (found: readonly Issue[]) => {
      setIssues(found);
      setError(undefined);
    },
  };
}
