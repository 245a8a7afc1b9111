import type { Issue } from '../../../platform/error-codes.ts';
import { type ReadExpression, readTexts } from '../../../platform/server/expressions/expression-facts.ts';
import { bare } from '../../../platform/server/expressions.ts';
import { BudgetError, isolated } from '../../../platform/server/isolates/isolated.ts';
import { allSteps, type PlaybookDocument } from '../../playbook-document.ts';
import { expressionAt, issue } from '../../steps/step-definition.ts';
import { type ExpressionField, fieldsOf, stepExpressions } from './step-expressions.ts';

/** The facts of every expression of a document, by its text. */
export type Expressions = (text: string) => ReadExpression;

const readThere = isolated(
  readTexts,
  new URL('../../../platform/server/expressions/expression-facts.ts', import.meta.url).href,
);

const cpuMs = 1000;
const maxExpressions = 5000;
const maxCharacters = 262_144;

/** Reads all expressions of a document at once, in an isolate; or the problem that there are too many of them. */
export async function readExpressions(
  document: PlaybookDocument,
  tenantId: string,
): Promise<{ expressions: Expressions } | { problem: Issue }> {
  const texts = [...new Set(documentFields(document).flatMap(({ texts }) => texts))];
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (texts.length > maxExpressions || length > maxCharacters)
    return tooMuch(
      `has more than ${maxExpressions} different expressions, or ${maxCharacters / 1024} kB of them`,
    );
  try {
    const read = texts.length === 0 ? [] : await readThere({ cpuMs, tenantId }, texts);
    const known = new Map(texts.map((text, index) => [text, read[index]!]));
    // A text that is no field of the document is no expression of it.
    const expressions: Expressions = (text) => known.get(bare(text)) ?? { problem: 'Not an expression' };
    return { expressions };
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return tooMuch(`has expressions that cannot be read: one ${error.message}`);
  }
}

/** The same for a published document: what cannot be read any more refers to nothing. */
export async function publishedExpressions(
  document: PlaybookDocument,
  tenantId: string,
): Promise<Expressions> {
  const read = await readExpressions(document, tenantId);
  return 'problem' in read ? () => ({ problem: read.problem.message }) : read.expressions;
}

const tooMuch = (what: string) => ({ problem: issue('/steps', `This playbook ${what}`, 'expression') });

/** The texts of a document that hold expressions, those of triggers included. */
function documentFields(document: PlaybookDocument): ExpressionField[] {
  return [
    ...document.triggers.flatMap(({ when }) => expressionAt('/when', 'condition', when).flatMap(fieldsOf)),
    ...allSteps(document).flatMap(({ step }) => stepExpressions(step)),
  ];
}
