/** The place of the text of an element that has attributes too, and the mark of an attribute, in JSON that was XML. */
export const textKey = '#text';
export const attributeMark = '@';

export const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
