import { ClipboardCheck } from 'lucide-solid';
import type { StepTypeView } from './step-type-view.ts';

export const manualView: StepTypeView = { icon: ClipboardCheck, outcomes: { done: { done: 'completed' } } };
