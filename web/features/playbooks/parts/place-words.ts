import { t } from '../../../words/words.ts';
import { type Document, groupsAt, stepAt, stepsIn, textOf } from './outline.ts';
import { stepTypeWord } from './playbook-words.ts';
import { aroundList, type StepPlace } from './step-places.ts';
import { stepTypeView } from './steps/registry.ts';

export function stepTitle(document: Document, path: string): string {
  const step = stepAt(document, path);
  return textOf(step, 'title') || textOf(step, 'id') || stepTypeWord(textOf(step, 'type'));
}

/** "If Refund" */
export function groupTitle(document: Document, stepPath: string, group: number): string {
  const found = groupsAt(document, stepPath)[group];
  const word = stepTypeView(textOf(stepAt(document, stepPath), 'type')).groupWord ?? t('Branch');
  return `${word} ${found?.title || found?.id || group + 1}`;
}

/** "before Pay", "at the end", "at the end of If Refund" */
export function placeWords(document: Document, { listPath, index }: StepPlace): string {
  if (index < stepsIn(document, listPath).length)
    return t`before ${stepTitle(document, `${listPath}/${index}`)}`;
  const around = aroundList(listPath);
  if (!around) return t('at the end');
  return t`at the end of ${groupTitle(document, around.stepPath, around.group)}`;
}
