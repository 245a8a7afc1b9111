import type { AuthForm } from './auth-form.ts';

export const noneForm: AuthForm = { label: 'None', start: {}, Fields: () => null };
