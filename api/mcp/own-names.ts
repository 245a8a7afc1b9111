/** Tools of Interlock itself. The name of a tool of an organization never has a hyphen. */
export const getExecutionName = 'interlock-get-execution';
export const cancelExecutionName = 'interlock-cancel-execution';
