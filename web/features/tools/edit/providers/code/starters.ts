import type { CodeLanguage } from '../../../../../../shared/tools/providers/code/config.ts';

/** What a new tool begins with, in each language. */
export const starters: Record<CodeLanguage, string> = {
  javascript: `/** Gets the input, and returns the output. */
function main(input) {
  return { greeting: \`Hello, \${input.name ?? 'world'}\` };
}
`,
  typescript: `interface Input {
  name?: string;
}

/** Gets the input, and returns the output. */
function main(input: Input) {
  return { greeting: \`Hello, \${input.name ?? 'world'}\` };
}
`,
  python:
    'def main(input):\n    """Gets the input, and returns the output."""\n    return {"greeting": f"Hello, {input.get(\'name\', \'world\')}"}\n',
};
