import { mapTexts } from '../../words/map-texts.ts';
import type { PlaybookDocumentInput } from '../playbook-document.ts';

type Step = PlaybookDocumentInput['steps'][number];

/** A playbook to start from. It runs as it is: until a tool is chosen, a person does what the tool would do. */
export interface PlaybookTemplate {
  id: string;
  document: PlaybookDocumentInput;
  /** The id of a manual step without a form, which a tool can do instead. */
  toolStep: string;
}

const textKeys = new Set(['title', 'description', 'instructions', 'message']);

/** A template with its texts in another language; ids and values are the same. */
export const withTexts = (template: PlaybookTemplate, say: (text: string) => string): PlaybookTemplate => ({
  ...template,
  document: mapTexts(template.document, textKeys, say),
});

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
