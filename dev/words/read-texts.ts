import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { eventTypes, eventWords } from '../../shared/events/event-types.ts';
import { playbookTemplates } from '../../shared/playbooks/templates/registry.ts';
import { withTexts } from '../../shared/playbooks/templates/template.ts';

/** The texts of the pages, as their source has them. */
export interface Texts {
  /** Where each text is used: its files, in order. */
  used: Map<string, string[]>;
  /** Texts that a page would show without asking for their translation: "file:line: text". */
  raw: string[];
}

type Node = { type: string; start: number; end: number; [field: string]: unknown };

/** Attributes whose values people read. */
const readAttributes =
  /^(label|title|placeholder|alt|help|description|failed|verb|hint|heading|legend|lead|explanation|what|keep|aria-(label|description|roledescription|valuetext))$/;
/** Elements whose content is code. */
const codeElements = /^(code|pre|kbd|style|script)$/;
/** Calls whose first argument people read. */
const readCalls = /^(toast|toastError|announce)$/;

/** Names, examples and code are the same in every language. */
const sameEverywhere = (text: string): boolean =>
  !/\p{L}{2}/u.test(text) ||
  /^(Interlock|Esc|Ctrl|Temporal|JSON|null)$/.test(text.trim()) ||
  /:\/\/|^\/|^\.|^\$\{\{|^-----|^[<^{]|@[\w.]+\.|[\w]:\d|^\S*[=._^\\\d/:-]\S*$|\s=\s|\n|^[a-z]\w*$|^[A-Z]\w*[A-Z]\w*$| [<>] |^type \w+ \{/.test(
    text.trim(),
  );

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const textOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
const nameOf = (node: unknown): string =>
  isNode(node)
    ? node.type === 'JSXNamespacedName'
      ? `${nameOf(node.namespace)}:${nameOf(node.name)}`
      : String(node.name ?? '')
    : '';

/** `{0} of {1} steps` of a template. */
function keyOf(quasi: unknown): string {
  const parts = (isNode(quasi) ? quasi.quasis : []) as { value: { cooked: string } }[];
  return parts.map(({ value }, index) => (index > 0 ? `{${index - 1}}` : '') + value.cooked).join('');
}

function readFile(root: string, file: string, found: Texts): void {
  const source = readFileSync(`${root}/${file}`, 'utf8');
  const line = (node: Node) => source.slice(0, node.start).split('\n').length;
  const add = (text: string) => {
    const files = found.used.get(text) ?? [];
    if (files.at(-1) !== file) files.push(file);
    found.used.set(text, files);
  };
  const raw = (node: Node, text: string) => {
    if (!sameEverywhere(text)) found.raw.push(`${file}:${line(node)}: ${text.trim()}`);
  };
  const isShared = file.startsWith('shared/');
  const visit = (node: Node, inCode: boolean): void => {
    let code = inCode;
    if (isShared) {
      // The names of variants, which the pages translate where they show them.
      const label = node.type === 'Property' && nameOf(node.key) === 'label' ? textOf(node.value) : undefined;
      if (label) add(label);
    } else if (node.type === 'CallExpression') {
      const [first, second] = node.arguments as Node[];
      const name = nameOf(node.callee);
      const text = name === 't' ? textOf(first) : name === 'counted' ? textOf(second) : undefined;
      if (text) add(text);
      const said = readCalls.test(name) ? textOf(first) : undefined;
      if (said && first) raw(first, said);
    } else if (node.type === 'TaggedTemplateExpression' && /^(t|rich)$/.test(nameOf(node.tag))) {
      add(keyOf(node.quasi));
    } else if (node.type === 'JSXElement') {
      code ||= codeElements.test(nameOf((node.openingElement as Node).name));
    } else if (node.type === 'JSXText' && !code) {
      raw(node, String(node.value));
    } else if (node.type === 'JSXAttribute' && readAttributes.test(nameOf(node.name))) {
      const text = textOf(node.value);
      if (text) raw(node, text);
    }
    for (const value of Object.values(node))
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, code);
  };
  const { program } = parseSync(file, source);
  visit(program as unknown as Node, false);
}

/** Reads every file of the pages, and the names of variants in the shared half. */
export function readTexts(root: string): Texts {
  const found: Texts = { used: new Map(), raw: [] };
  const files = [
    'web/**/*.{ts,tsx}',
    'shared/{tools/auth,tools/providers,playbooks/steps}/*/definition.ts',
  ].flatMap((pattern) => globSync(pattern, { cwd: root }));
  for (const file of files.filter((each) => !/^web\/(words|vite)/.test(each)).sort())
    readFile(root, file.replaceAll('\\', '/'), found);
  // The audit trail makes the words of an event of its type.
  for (const type of eventTypes) {
    const words = eventWords(type);
    found.used.set(words, [...(found.used.get(words) ?? []), 'shared/events/event-types.ts']);
  }
  for (const template of playbookTemplates)
    withTexts(template, (text) => {
      const file = `shared/playbooks/templates/${template.id}.ts`;
      found.used.set(text, [...new Set([...(found.used.get(text) ?? []), file])]);
      return text;
    });
  found.used = new Map([...found.used].sort(([a], [b]) => (a < b ? -1 : 1)));
  return found;
}
