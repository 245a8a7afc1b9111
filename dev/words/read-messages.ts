import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { builtInMessages } from './built-in-messages.ts';

// Which texts of the server a person may read: every literal that reads like words, but those of the places below.
type Node = { type: string; [field: string]: unknown };

const files = ['shared/**/*.ts', 'api/**/*.ts', 'worker/**/*.ts'];
/** Documents for programs, SQL, the command line, and the texts that are data (`read-template-texts.ts`). */
const notFiles =
  /^shared\/(client|[^/]+\/db|templates\/services|playbooks\/templates)\/|^api\/(cli|mcp|graphql)\/|^api\/(main|collectors|metrics)\.ts|^api\/rest\/(examples|open-api|exports)|-(docs|collector|metrics|main|csv)\.ts$|shared\/platform\/server\/(environment|metrics|vault-keys|temporal)|assert-demo-allowed|warm-up-code|render-evidence|close-leftovers|mongo-scram/;
/** What people do not read: logs, failures of the product itself, SQL, and descriptions for programs. */
const notCalls =
  /^(describe|info|warn|error|debug|fatal|log|Error|TypeError|RangeError|startLoop|query|counter|histogram|gauge|collect|RegExp|startsWith|endsWith|includes|header|createHash|split|replace|replaceAll|test|has|get|getRegistry|once|import|super|inSpan|openSpan|Super)$/;
const notTags = /^(sql|html|raw|gql)$/;
const notProperties =
  /^(summary|description|tags|scopes|sdl|query|staticSummary|staticDetails|method|from|sql|workflow|fn|cost|needs|name|input|detail)$/;

/** The texts of a template become those of whoever copies it. */
const isTemplate = (file: string): boolean => /inbound-templates/.test(file);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const nameOf = (node: unknown): string =>
  !isNode(node)
    ? ''
    : node.type === 'MemberExpression'
      ? nameOf(node.property)
      : String(node.name ?? node.value ?? '');

/** A place of a value, until the places are numbered. */
const hole = '\u0000';
/** So many texts come of one expression at most: of more conditions the rest are values. */
const mostVariants = 12;

/** What an expression may say: its conditions are variants, everything else in it is a value. */
function variantsOf(node: unknown): string[] {
  if (!isNode(node)) return [hole];
  if (node.type === 'Literal') return [typeof node.value === 'string' ? node.value : hole];
  if (node.type === 'ParenthesizedExpression' || node.type === 'TSAsExpression')
    return variantsOf(node.expression);
  if (node.type === 'ConditionalExpression') {
    const both = [...variantsOf(node.consequent), ...variantsOf(node.alternate)];
    return both.length > mostVariants ? [hole] : [...new Set(both)];
  }
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as { value: { cooked: string } }[];
    return joined(
      quasis.flatMap(({ value }, index) =>
        index === 0
          ? [[value.cooked]]
          : [variantsOf((node.expressions as Node[])[index - 1]), [value.cooked]],
      ),
    );
  }
  if (node.type === 'BinaryExpression' && node.operator === '+')
    return joined([variantsOf(node.left), variantsOf(node.right)]);
  return [hole];
}

const joined = (parts: string[][]): string[] =>
  parts.reduce((before, part) => {
    const fits = before.length * part.length <= mostVariants ? part : [hole];
    return before.flatMap((text) => fits.map((more) => text + more));
  });

/** `{0} of {1} steps`. */
function numbered(text: string): string {
  let next = 0;
  return text.replaceAll(hole, () => `{${next++}}`);
}

/** Words in a row, or words around values; SQL, paths, headers and examples are none. */
export const readsLikeWords = (key: string): boolean =>
  /\p{L}{2}[,;:."')]? (\p{L}|\{)|[\p{L}}][,;:."')]? \p{L}{2}|^\p{Lu}\p{Ll}+[ .]/u.test(key) &&
  !/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|FROM|JOIN|LEFT JOIN|WHERE|AND|OR|ORDER|GROUP|UNION|SET|CASE|LOCK|BEGIN|CREATE|GRANT|CROSS|LATERAL|READ ONLY|COALESCE|EXISTS|VALUES|RETURNING|LIMIT|FOR UPDATE|CALL|EXPLAIN|SHOW|REFRESH|ON CONFLICT|NOTIFY|LISTEN|DECLARE|CLOSE)\b/.test(
    key,
  ) &&
  !/\n|^\(\?:|^<|^\$?\{\{ ?\w+\.|^body\.|^WorkflowType|^application\/|^text\/xml|^gzip|^def |^scalar |^[A-Z]+ \{0\}$|^Basic( |$)|^PRIVATE KEY|^(KILL|READ|START|SESSION)\b|ended_at|max_statement|^[a-z_.]+ (AS|=|IN|IS|<|>|DESC|ASC)\b|\$\d|<\/|^[\w-]+=|;\s*\w+=|^Bearer |^attachment|^(Content-Encoding|WebPush): |^vapid |^\w+\.\w+, |^invalid input syntax|::\w/.test(
    key,
  ) &&
  key.replace(/\{\d+\}/g, '').replace(/[^\p{L}]/gu, '').length >= 4;

function readFile(path: string, file: string, add: (key: string, file: string) => void): void {
  const visit = (node: Node): void => {
    if (/^TS|^(Import|ExportAll)/.test(node.type) && !/^TS(As|Satisfies|NonNull)/.test(node.type)) return;
    if (/^(Call|New)Expression$/.test(node.type) && notCalls.test(nameOf(node.callee))) return;
    if (node.type === 'TaggedTemplateExpression' && notTags.test(nameOf(node.tag))) return;
    if (node.type === 'Property') {
      if (notProperties.test(nameOf(node.key)) && !isTemplate(file)) return;
      if (isNode(node.value)) visit(node.value);
      return;
    }
    if (node.type === 'BinaryExpression' && node.operator !== '+') return;
    const isText =
      node.type === 'TemplateLiteral' ||
      (node.type === 'BinaryExpression' && node.operator === '+') ||
      (node.type === 'Literal' && typeof node.value === 'string');
    if (isText)
      for (const text of variantsOf(node)) if (readsLikeWords(numbered(text))) add(numbered(text), file);
    for (const [field, value] of Object.entries(node)) {
      if (isText && field === 'quasis') continue;
      for (const child of Array.isArray(value) ? value : [value])
        if (isNode(child) && !(isText && child.type === 'Literal')) visit(child);
    }
  };
  visit(parseSync(file, readFileSync(path, 'utf8')).program as unknown as Node);
}

/** Each message of the server with the files that say it, in order. */
export function readMessages(root: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (key: string, file: string) => {
    const before = found.get(key) ?? [];
    if (before.at(-1) !== file) found.set(key, [...before, file]);
  };
  const all = files
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((file) => file.replaceAll('\\', '/'));
  for (const file of all.filter((each) => !notFiles.test(each)).sort())
    readFile(`${root}/${file}`, file, add);
  for (const key of builtInMessages) add(key, 'dev/words/built-in-messages.ts');
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}
