import { Columns3 } from 'lucide-solid';
import { t } from '../../../../words/words.ts';
import type { StepTypeView } from './step-type-view.ts';

export const parallelView: StepTypeView = { icon: Columns3, groupWord: t('Branch') };
