const bundlePattern = /<script\b[^>]*\bdata-wirelab-plotly\b[^>]*>[\s\S]*?<\/script>/g;

/** Takes Plotly's bundle (`<script data-wirelab-plotly>`) out of HTML: a page needs it once, however many outputs bring it. */
export function liftBundle(markup: string): { markup: string; bundle: string | null } {
  if (!markup.includes("data-wirelab-plotly")) return { markup, bundle: null };
  let bundle: string | null = null;
  const rest = markup.replace(bundlePattern, (found) => {
    bundle ??= found;
    return "";
  });
  return { markup: rest, bundle };
}
