import { allSteps, type PlaybookDocument } from '../../shared/playbooks/playbook-document.ts';

/** About what a model reads at a time. */
const longest = 60_000;

/** A playbook as the instructions of an agent: its steps in order, those of people included. */
export function playbookPrompt(
  document: PlaybookDocument,
  { inputs, uri }: { inputs: readonly [name: string, value: string][]; uri: string },
): string {
  const parts = [
    `Work through the playbook “${document.title}”.`,
    document.description,
    inputs.length > 0 ? `Inputs:\n${inputs.map(([name, value]) => `- ${name}: ${value}`).join('\n')}` : '',
    'Do the steps in order. A step that names a tool is a call of that tool. A step of the type manual, approval or decision is done by people: say what they have to do, and wait for their answer. Never approve anything yourself.',
    ...allSteps(document).map(
      ({ step, number, inside }) =>
        `${number}. ${step.title} (${step.type}${inside.length > 0 ? `, inside ${inside.map(({ stepId, groupId }) => `${stepId}/${groupId}`).join(', ')}` : ''})${linesOf(step)}`,
    ),
  ].filter((part) => part !== '');
  let text = '';
  for (const part of parts) {
    if (text.length + part.length > longest) return `${text}\n\nRead the other steps in ${uri}.`;
    text += text === '' ? part : `\n\n${part}`;
  }
  return text;
}

function linesOf(step: PlaybookDocument['steps'][number]): string {
  const { tool, input } = step as { tool?: unknown; input?: unknown };
  const lines = [
    step.when === undefined ? '' : `Only if: ${step.when}`,
    typeof tool === 'string' ? `Tool: ${tool}` : '',
    input === undefined ? '' : `Input: ${JSON.stringify(input)}`,
    step.instructions,
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `\n${line}`)
    .join('');
}
