import type { Component } from 'solid-js';
import type { LooseStep } from '../../parts/outline.ts';

/** How the editor shows one step type. */
export interface StepForm {
  /** The fields that only this type has. */
  Fields: Component<{ path: string }>;
  /** What a closed step says about itself; `code` is a name or an expression. */
  summary?: (step: LooseStep) => { code: string } | { words: string };
  /** False: people cannot skip it, so it cannot be optional. */
  canBeOptional?: false;
}
