import { Bell } from 'lucide-solid';
import type { StepTypeView } from './step-type-view.ts';

export const notifyView: StepTypeView = { icon: Bell, hasNoResult: true };
