/** `tool_admin` → "tool admin". */
export const roleWord = (role: string): string => role.replaceAll('_', ' ');
