import { type Markup, trusted } from "./html.js";

/**
 * Colours as the figures name them. The page around decides through `--paper`, `--ink`, `--muted`, `--rule`, `--rest`,
 * `--grpc`, `--none` and `--warning`; without them JupyterLab's own colours serve, then the system's. The fallbacks of the three
 * arms keep a contrast of 3:1 on white and on near-black.
 */
export const COLORS = {
  paper: "var(--wl-paper)",
  ink: "var(--wl-ink)",
  muted: "var(--wl-muted)",
  rule: "var(--wl-rule)",
  rest: "var(--wl-rest)",
  grpc: "var(--wl-grpc)",
  none: "var(--wl-none)",
} as const;

/** A colour mixed with another, or with `transparent`: `share` of the first, from 0 to 1. */
export function mix(color: string, share: number, other: string): string {
  return `color-mix(in srgb, ${color} ${Math.round(share * 100)}%, ${other})`;
}

// The doubled class outweighs JupyterLab, which sets the text of tables to the right and stripes their rows. Paper does not scroll: a
// table that is wider all the same makes the browser print the page smaller.
const CSS = `.wirelab{--wl-paper:var(--paper,var(--jp-layout-color0,Canvas));
--wl-ink:var(--ink,var(--jp-content-font-color1,CanvasText));
--wl-muted:var(--muted,color-mix(in srgb,var(--wl-ink) 68%,var(--wl-paper)));
--wl-rule:var(--rule,color-mix(in srgb,var(--wl-ink) 18%,var(--wl-paper)));
--wl-rest:var(--rest,#2f7fe0);--wl-grpc:var(--grpc,#c8630a);--wl-none:var(--none,#7d8590);--wl-warning:var(--warning,#c8630a);
color:var(--wl-ink);margin:1em 0;max-width:64rem;font-size:.95em;line-height:1.45}
.wirelab figcaption{margin:0 0 .4em}.wirelab figcaption b{display:block;font-size:1.08em}
.wirelab .note,.wirelab caption{color:var(--wl-muted);text-align:left}
.wirelab .scroll{overflow-x:auto;max-width:100%;container-type:inline-size}
.wirelab table{border-collapse:collapse;margin:.4em 0;width:auto;font-size:.95em;font-variant-numeric:tabular-nums}
.wirelab caption{padding:0 0 .3em;caption-side:top}.wirelab caption>span{display:block;position:sticky;left:0;width:fit-content;max-width:100cqw}
.wirelab th,.wirelab td{padding:.3em .8em .3em 0;border:0;border-bottom:1px solid var(--wl-rule);text-align:left;
vertical-align:top;white-space:normal;font-weight:400;background:none;color:inherit}
.wirelab.wirelab th,.wirelab.wirelab td{text-align:left}.wirelab.wirelab tbody tr:not(:hover){background:none}
.wirelab thead th{font-weight:600;vertical-align:bottom}.wirelab th.number,.wirelab td.number{text-align:right;white-space:nowrap}.wirelab thead th.number{white-space:normal}
.wirelab small{color:var(--wl-muted);display:block;font-size:.86em}
.wirelab .sentence{min-width:16em}
.wirelab summary{cursor:pointer;color:var(--wl-muted)}
.wirelab button{font:inherit;color:inherit;background:none;border:1px solid var(--wl-rule);border-radius:4px;padding:.15em .7em;cursor:pointer}
.wirelab :focus-visible{outline:2px solid var(--wl-rest);outline-offset:2px}
.wirelab .choices{display:flex;flex-wrap:wrap;gap:.5em 1.2em;align-items:end}.wirelab label{display:grid;gap:.1em;color:var(--wl-muted);max-width:100%}
.wirelab [hidden]{display:none}
.wirelab select,.wirelab input{font:inherit;color:var(--wl-ink);background:var(--wl-paper);border:1px solid var(--wl-muted);border-radius:4px;padding:.15em .4em;height:2.1em;max-width:100%}
.wirelab dl{display:grid;grid-template-columns:max-content 1fr;gap:.15em 1em;margin:.4em 0}
.wirelab dt{color:var(--wl-muted)}.wirelab dd{margin:0;overflow-wrap:anywhere}
.wirelab .warning{border-left:3px solid var(--wl-warning);padding:.1em 0 .1em .8em;margin:.5em 0}
.wirelab .bar{height:.6em;border:1px solid var(--wl-rule);border-radius:4px;overflow:hidden;max-width:36rem}
.wirelab .bar>div{height:100%;background:var(--wl-rest)}
@media (max-width:520px){.wirelab dl{grid-template-columns:1fr}.wirelab dd{margin-bottom:.4em}}
@media print{.wirelab form{display:none}.wirelab .scroll{overflow:visible;container-type:normal}.wirelab table{font-size:.8em}
.wirelab th,.wirelab td{padding-right:.5em}.wirelab .sentence{min-width:10em}}`;

/** The style that everything with class `wirelab` needs; it comes with each output, so any of them can stand alone. */
export function styleTag(): Markup {
  return trusted(`<style>${CSS}</style>`);
}
