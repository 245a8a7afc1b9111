/** The addresses in the text of a WSDL, before it is read. */
export function endpointsOf(wsdl: string): string[] {
  const found = wsdl.matchAll(
    /<(?:[\w.-]{1,40}:)?address\s[^<>]{0,2000}?location\s*=\s*["']([^"'<>]{1,2048})["']/g,
  );
  return [...new Set([...found].map(([, url = '']) => url.replaceAll('&amp;', '&')))];
}
