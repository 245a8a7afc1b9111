import type { Outputs } from '../../../api/trpc.ts';
import { ChangeRow } from '../../../kit/change-row.tsx';
import { said } from '../../../words/said.ts';
import { t } from '../../../words/words.ts';

type Change = Outputs['tools']['diff']['changes'][number];

const impacts: Record<Change['impact'], { word: string; colour: string }> = {
  breaking: { word: t('Breaking'), colour: 'text-failed' },
  additive: { word: t('Additive'), colour: 'text-succeeded' },
  neutral: { word: t('Neutral'), colour: 'text-faint' },
};

/** One change of a tool's definition, and whether callers notice. */
export const DefinitionChange = (props: { change: Change }) => (
  <ChangeRow {...impacts[props.change.impact]} place={props.change.path}>
    {said(props.change.message)}
  </ChangeRow>
);
