/** The JSON in a page's script with this attribute, as a page would read it; throws when there is none. */
export function embeddedJson(page: string, attribute: string): unknown {
  const opening = new RegExp(`<script type="application/json"[^>]*${attribute}[^>]*>`).exec(page);
  if (opening === null) throw new Error(`no script with ${attribute} in the page`);
  const start = opening.index + opening[0].length;
  return JSON.parse(page.slice(start, page.indexOf("</script", start)));
}
