import type { PlaybookDocumentInput } from '../playbook-document.ts';

type Step = PlaybookDocumentInput['steps'][number];

/** A playbook to start from. It runs as it is: until a tool is chosen, a person does what the tool would do. */
export interface PlaybookTemplate {
  id: string;
  document: PlaybookDocumentInput;
  /** The id of a manual step without a form, which a tool can do instead. */
  toolStep: string;
}

/** The document as it opens in the editor. @param tool the name of the tool that does the tool step; undefined: a person does */
export function fromTemplate(
  { document, toolStep }: PlaybookTemplate,
  tool: string | undefined,
): PlaybookDocumentInput {
  if (!tool) return document;
  const steps = document.steps.map((step) =>
    step.id === toolStep ? ({ ...step, type: 'call_tool', tool, input: {} } as Step) : step,
  );
  return { ...document, steps };
}
