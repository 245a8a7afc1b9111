import type { Component } from 'solid-js';
import type { LooseStep } from '../../parts/outline.ts';

/** How the editor shows one step type. */
export interface StepForm {
  /** The fields that only this type has. */
  Fields: Component<{ path: string }>;
  /** What the line of the step shows; `mono` for a name. */
  summary?: (step: LooseStep) => { text: string; mono?: true };
  /** False: people cannot skip it, so it cannot be optional. */
  canBeOptional?: false;
}
