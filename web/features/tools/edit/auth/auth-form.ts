import type { Component } from 'solid-js';

/** How the editor shows one auth kind. */
export interface AuthForm {
  label: string;
  /** What it starts as, without its type. */
  start: Record<string, unknown>;
  Fields: Component;
}
