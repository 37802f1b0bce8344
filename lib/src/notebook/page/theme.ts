import { type Markup, trusted } from "../../show/html.js";

/** Colours by name; figures read the same names. Text on paper has a contrast of at least 4.5:1 in both. */
const light = `color-scheme:light;--paper:#fdfcfa;--panel:#f4f2ed;--ink:#1f1f22;--muted:#62656b;--rule:#dcd8cf;
--accent:#0b5aa6;--rest:#0f68b8;--grpc:#b4540a;--none:#686d74;--warning:#b4540a;--string:#6d4708;--bad:#a61e1e;--bad-paper:#fbeeee`;
const dark = `color-scheme:dark;--paper:#151719;--panel:#1e2124;--ink:#e5e3de;--muted:#a2a6ac;--rule:#3a3e43;
--accent:#82b9ff;--rest:#64aef2;--grpc:#f09a4e;--none:#9aa0a7;--warning:#f09a4e;--string:#e3c08a;--bad:#ff9d96;--bad-paper:#2c1b1b`;

const page = `*{box-sizing:border-box}
html{font:18px/1.62 Charter,"Bitstream Charter","Sitka Text",Cambria,"Noto Serif",serif;background:var(--paper);color:var(--ink);
-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;--sans:system-ui,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;
--mono:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:from-font}
:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
.skip{position:absolute;left:-99rem;background:var(--paper);padding:.5rem 1rem;z-index:2}.skip:focus{left:.5rem;top:.5rem}
.top{display:flex;gap:1rem;justify-content:space-between;align-items:center;padding:.8rem 1.5rem;font:.8rem/1.4 var(--sans)}
.top nav a{color:var(--muted)}.top .tools{display:flex;gap:.6rem;margin-left:auto}
button{font:inherit;color:inherit;background:none;border:1px solid var(--rule);border-radius:5px;padding:.25em .8em;cursor:pointer}
button:hover{border-color:var(--muted)}
.layout{display:grid;grid-template-columns:minmax(0,1fr);max-width:66rem;margin:0 auto;padding:0 1.5rem}
main{min-width:0}
.prose,.lead{max-width:70ch}
h1,h2,h3,h4{line-height:1.22;text-wrap:balance;font-weight:650;letter-spacing:-.01em}
h1{font-size:2.1rem;margin:1.2rem 0 1rem}h2{font-size:1.45rem;margin:2.6rem 0 .7rem}h3{font-size:1.15rem;margin:1.9rem 0 .5rem}h4{font-size:1rem}
p,ul,ol,blockquote{margin:.8rem 0;text-wrap:pretty}li{margin:.25rem 0}
blockquote{margin-left:0;padding-left:1rem;border-left:3px solid var(--rule);color:var(--muted)}
img{max-width:100%;height:auto}hr{border:0;border-top:1px solid var(--rule);margin:2rem 0}
code,pre{font-family:var(--mono);font-size:.82em;font-variant-ligatures:none}
:not(pre)>code{background:var(--panel);padding:.1em .3em;border-radius:3px;overflow-wrap:anywhere}
pre{margin:.5rem 0;padding:.8rem 1rem;background:var(--panel);border-radius:6px;overflow-x:auto;line-height:1.5;font-size:.78rem}
table{border-collapse:collapse;font:.82rem/1.45 var(--sans);font-variant-numeric:tabular-nums}
th,td{padding:.4em 1.1em .4em 0;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
thead th{vertical-align:bottom;font-weight:600}td.number,th.number{text-align:right}.interval{white-space:nowrap}caption{text-align:left;color:var(--muted);padding-bottom:.4em}
td small,th small{display:block;color:var(--muted);font-size:.9em;font-weight:400}tbody th{font-weight:400}
@media (min-width:40.01rem){.ledger{width:100%;table-layout:fixed}.ledger th:first-child{width:25%}.ledger th:nth-child(2){width:6em}
.ledger th:nth-child(5){width:27%}.ledger th:nth-child(6){width:4em}}
.ledger .of{position:absolute;left:-99rem}.ledger .none{color:var(--muted)}.ledger tbody{break-inside:avoid}
.ledger tbody tr:first-child:not(:last-child)>*{border-bottom:0;padding-bottom:0}.ledger .more td{padding-top:.1em}
.ledger summary{color:var(--muted);width:fit-content}.ledger ul{margin:.3rem 0;padding-left:1.2rem}.ledger small{overflow-wrap:anywhere}
.wide,.output{overflow-x:auto;max-width:100%}
.output{margin:.7rem -5px 1.4rem;padding:0 5px 5px;max-width:calc(100% + 10px)}.wirelab{font-family:var(--sans);font-size:.85rem}
.output>p{max-width:80ch}.output>.label{font-size:.85rem}
figure{margin:1rem 0}.output>img{background:#fff}
.console{white-space:pre-wrap;overflow-wrap:anywhere;width:fit-content;max-width:100%}
details.code{margin:1rem 0 .3rem;font:.78rem/1.5 var(--sans);color:var(--muted)}
summary{cursor:pointer}details.code>summary{display:flex;gap:.6em;align-items:baseline;width:fit-content;max-width:100%}
details.code>summary::before{content:"▸";transition:none}details.code[open]>summary::before{content:"▾"}
details.code>summary::-webkit-details-marker{display:none}
details.code .first{font-family:var(--mono);font-size:.95em;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;min-width:0}
details.code[open] .first{visibility:hidden}
.stderr,.failure{border-left:3px solid var(--muted);padding:.2rem 0 .2rem 1rem;font:.85rem/1.5 var(--sans)}
.stderr .label,.failure p{margin:.3rem 0;overflow-wrap:anywhere}.stderr .label{color:var(--muted)}
.failure,.stopped{border-left:3px solid var(--bad);background:var(--bad-paper);padding:.5rem 1rem}
.failure strong,.stopped strong{color:var(--bad)}
.stopped{font:.9rem/1.5 var(--sans);margin:1rem 0;max-width:70ch;overflow-wrap:anywhere}
.pending{font:.85rem/1.5 var(--sans);color:var(--muted);max-width:70ch;border-left:3px solid var(--rule);padding-left:1rem}
.not-run{color:var(--muted);font:.78rem/1.5 var(--sans);margin:.2rem 0 1rem}
nav.toc{font:.8rem/1.45 var(--sans)}nav.toc ol{list-style:none;margin:.3rem 0;padding:0}nav.toc li{margin:.35rem 0}
nav.toc .sub{padding-left:1em}nav.toc a{color:var(--muted);text-decoration:none}nav.toc a:hover{color:var(--accent);text-decoration:underline}
nav.toc summary{color:var(--muted)}
footer{border-top:1px solid var(--rule);margin:4rem auto 0;padding:1.2rem 1.5rem 3rem;max-width:66rem;font:.76rem/1.6 var(--sans);color:var(--muted)}
footer h2{font-size:.85rem;margin:0 0 .4rem}footer ul{margin:0;padding:0;list-style:none;max-width:90ch;overflow-wrap:anywhere}
.answer{font-size:1.22rem;line-height:1.5;max-width:62ch}.verdict{font-weight:600}.plain{list-style:none;padding:0}
.hljs-keyword,.hljs-built_in,.hljs-literal{color:var(--accent)}.hljs-string,.hljs-number,.hljs-template-variable{color:var(--string)}
.hljs-comment{color:var(--muted);font-style:italic}.hljs-title,.hljs-attr{color:var(--ink)}
details.code pre{color:var(--ink)}
@media (min-width:78rem){.with-toc{grid-template-columns:13rem minmax(0,1fr);gap:3rem;max-width:82rem}
.with-toc nav.toc{position:sticky;top:1rem;align-self:start;max-height:calc(100vh - 2rem);overflow-y:auto;padding-top:1.6rem}
.with-toc+footer{max-width:82rem}}
@media (max-width:40rem){html{font-size:16.5px}h1{font-size:1.65rem}h2{font-size:1.3rem}.layout,.top,footer{padding-left:1.1rem;padding-right:1.1rem}
.stack thead{display:none}.stack,.stack caption,.stack tbody,.stack tr,.stack td,.stack th{display:block;text-align:left}
.stack tr{border-bottom:1px solid var(--rule);padding:.6rem 0}.ledger tr:not(:last-child){border-bottom:0;padding-bottom:0}.stack td,.stack th{border:0;padding:.12em 0}
.stack td[data-label]::before{content:attr(data-label) ": ";color:var(--muted)}}
@media print{html{font-size:10.5pt}.top,.skip,nav.toc,button,details:not([open]){display:none!important}
.layout{display:block;max-width:none;padding:0}h2,h3,summary{break-after:avoid}figure,img,tr,.failure{break-inside:avoid}
.wide,.output{overflow:visible}pre{white-space:pre-wrap;background:none;border:1px solid var(--rule)}footer{padding:1rem 0}
.prose a[href^="http"]::after{content:" (" attr(href) ")";font-size:.85em;color:var(--muted);overflow-wrap:anywhere}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}`;

/** The style of every page: follows the system's light or dark unless the reader chose; print is always light. */
export function themeStyle(): Markup {
  return trusted(`<style>:root{${light}}
:root[data-theme=dark]{${dark}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${dark}}}
@media print{:root:root:root{${light};--paper:#fff}}
${page}</style>`);
}

/** Before the first paint: the reader's earlier choice, where the browser keeps it for this folder of files. */
export function themeScript(): Markup {
  return trusted(
    `<script>try{var t=localStorage.getItem("wirelab-theme");if(t==="dark"||t==="light")document.documentElement.dataset.theme=t}catch(e){}</script>`,
  );
}

/** At the end of the page: the theme button, unfolding all code, and wide outputs that the keyboard can scroll. */
export function pageScript(): Markup {
  return trusted(`<script>(function(){
var root=document.documentElement,dark=matchMedia("(prefers-color-scheme: dark)"),button=document.querySelector("[data-theme-button]");
function isDark(){return root.dataset.theme?root.dataset.theme==="dark":dark.matches}
function label(){button.textContent=isDark()?"Light":"Dark";button.setAttribute("aria-label",isDark()?"Switch to light colours":"Switch to dark colours")}
button.hidden=false;label();dark.addEventListener("change",label);
button.addEventListener("click",function(){root.dataset.theme=isDark()?"light":"dark";label();
try{localStorage.setItem("wirelab-theme",root.dataset.theme)}catch(e){}});
var code=document.querySelector("[data-code-button]"),cells=document.querySelectorAll("details.code");
if(code&&cells.length){code.hidden=false;code.addEventListener("click",function(){
var open=code.getAttribute("aria-pressed")!=="true";cells.forEach(function(cell){cell.open=open});
code.setAttribute("aria-pressed",open);code.textContent=open?"Hide code":"Show code"})}
function reach(){document.querySelectorAll(".wide,.output,pre").forEach(function(box){
if(box.scrollWidth>box.clientWidth+1){box.tabIndex=0;if(!box.hasAttribute("role")){box.setAttribute("role","group");box.setAttribute("aria-label","Scrolls sideways")}}
else box.removeAttribute("tabindex")})}
addEventListener("load",reach);addEventListener("resize",reach);addEventListener("toggle",reach,true);
var toc=document.querySelector("nav.toc details"),wide=matchMedia("(min-width: 78rem)");
if(toc){toc.open=wide.matches;wide.addEventListener("change",function(){toc.open=wide.matches})}
})()</script>`);
}
