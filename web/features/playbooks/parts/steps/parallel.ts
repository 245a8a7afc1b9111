import { Columns3 } from 'lucide-solid';
import type { StepTypeView } from './step-type-view.ts';

export const parallelView: StepTypeView = { icon: Columns3, groupWord: 'Branch' };
