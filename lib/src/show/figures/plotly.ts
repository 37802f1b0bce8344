import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { showable } from "../display.js";

const require = createRequire(import.meta.url);
let script: string | undefined;
let sent = false;

/**
 * Plotly's cartesian bundle as one `<script data-wirelab-plotly>`, 1.5 MB: a page needs it once, before or after its
 * figures. Loaders that define `module`, `exports` or `define` in the page are hidden from it, so `window.Plotly` is set.
 */
export function plotlyScript(): string {
  script ??= `<script data-wirelab-plotly>(function () {
var module, exports, define;
${bundle()}
}).call(window);</script>`;
  return script;
}

/** Plotly's script the first time it is called in this process, then "": for outputs that share one page. */
export function plotlyScriptOnce(): string {
  if (sent) return "";
  sent = true;
  return plotlyScript();
}

function bundle(): string {
  const path = require.resolve("plotly.js-cartesian-dist-min/plotly-cartesian.min.js");
  // Inside a string or a regular expression of the bundle "<\/" means "</", and the page's parser no longer stops there.
  return readFileSync(path, "utf8")
    .replace(/<\/script/gi, "<\\/script")
    .replace(/<!--/g, "<\\!--");
}

/**
 * Puts Plotly into the notebook's page and says so; as the last expression of a cell of its own, so that figures still
 * draw after the page was reloaded or other cells ran again.
 *
 * @example
 * lab.figures()
 */
export function figures(): object {
  return showable(
    {},
    {
      html: () => {
        sent = true;
        return `${plotlyScript()}<p>Figures are ready to draw.</p>`;
      },
      text: () => "Figures draw in a notebook or a page; in a terminal they print their numbers.",
    },
  );
}
