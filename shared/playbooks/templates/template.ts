import type { PlaybookDocumentInput } from '../playbook-document.ts';

type Step = PlaybookDocumentInput['steps'][number];
type ManualStepInput = Extract<Step, { type: 'manual' }>;

/** A playbook to start from. It runs as it is: until a tool is chosen, a person does what the tool would do. */
export interface PlaybookTemplate {
  id: string;
  document: PlaybookDocumentInput;
  /** The manual step that a tool can do instead. */
  toolStep: string;
}

/** The document as it opens in the editor. @param tool the name of the tool that does the tool step; undefined: a person does */
export function fromTemplate(
  { document, toolStep }: PlaybookTemplate,
  tool: string | undefined,
): PlaybookDocumentInput {
  if (!tool) return document;
  return { ...document, steps: withTool(document.steps, toolStep, tool) };
}

const withTool = (steps: Step[], id: string, tool: string): Step[] =>
  steps.map((step): Step => {
    if (step.id !== id || step.type !== 'manual') return step;
    const { form: _, type: __, ...kept } = step as ManualStepInput;
    return { ...kept, type: 'call_tool', tool, input: {} };
  });
