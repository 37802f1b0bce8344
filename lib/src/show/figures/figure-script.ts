/**
 * What runs in the page beside each figure: waits for Plotly, draws in the page's colours, draws again when the theme or
 * the width changes, and offers the figure's table as a CSV file. Plain ES2017 without dependencies, because it is
 * text in a page. Where the reader has zoomed in, the finest data that are meant for so small a part are drawn, of that part only.
 * Plotly's button that uploads a figure to its maker's server is taken away. Observers end when the figure
 * leaves the page (a notebook cell that ran again).
 */
export const FIGURE_SCRIPT = `(function (id) {
var here = document.currentScript && document.currentScript.closest("figure");
var figure = here || document.getElementById(id);
if (!figure) return;
var box = figure.querySelector("[data-wirelab-plot]");
var spec = JSON.parse(figure.querySelector("script[data-wirelab-figure]").textContent);
var probe = document.createElement("span");
var pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
var NARROW = 600, known = {}, width = 0, waited = 0, pending = 0;
var darkness = matchMedia("(prefers-color-scheme: dark)"), printing = matchMedia("print");

function color(name) {
  if (known[name]) return known[name];
  probe.style.color = "";
  probe.style.color = name;
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = getComputedStyle(probe).color;
  pen.fillRect(0, 0, 1, 1);
  var c = pen.getImageData(0, 0, 1, 1).data;
  return (known[name] = "rgba(" + c[0] + "," + c[1] + "," + c[2] + "," + (c[3] / 255).toFixed(3) + ")");
}
function themed(value) {
  if (typeof value === "string") return /^(var|color-mix)\\(/.test(value) ? color(value) : value;
  if (Array.isArray(value)) return value.map(themed);
  if (value === null || typeof value !== "object") return value;
  var copy = {};
  Object.keys(value).forEach(function (key) { copy[key] = themed(value[key]); });
  return copy;
}
function inView() {
  var axis = box._fullLayout && box._fullLayout.xaxis;
  return axis && !axis.autorange && spec.finer && spec.finer.length > 0 ? axis.range.map(Number) : null;
}
function dataIn(view) {
  var fine = view && spec.finer.filter(function (one) { return view[1] - view[0] <= one.within; }).pop();
  if (!fine) return spec.data;
  var room = (view[1] - view[0]) / 4;
  return fine.data.map(function (trace) {
    function keep(value, i) { var x = trace.x[i]; return x === null || (x >= view[0] - room && x <= view[1] + room); }
    var part = Object.assign({}, trace);
    ["y", "text", "x"].forEach(function (key) { if (Array.isArray(trace[key])) part[key] = trace[key].filter(keep); });
    return part;
  });
}
function draw() {
  width = box.clientWidth;
  if (width === 0) return;
  known = {};
  figure.appendChild(probe);
  var layout = themed(Object.assign({}, spec.layout, width < NARROW ? spec.narrow : {}));
  layout.font = Object.assign({ family: getComputedStyle(figure).fontFamily }, layout.font);
  layout.width = width;
  var data = themed(dataIn(inView()));
  probe.remove();
  if (!box.classList.contains("js-plotly-plot")) box.textContent = "";
  Plotly.react(box, data, layout, { displaylogo: false, displayModeBar: "hover", plotlyServerURL: "",
    modeBarButtonsToRemove: ["sendChartToCloud", "select2d", "lasso2d", "autoScale2d"] });
  figure.setAttribute("data-wirelab-drawn", width < NARROW ? "narrow" : "wide");
}
function changed() {
  if (!figure.isConnected) return stop();
  cancelAnimationFrame(pending);
  pending = requestAnimationFrame(draw);
}
var theme = new MutationObserver(changed);
var size = new ResizeObserver(function () { if (box.clientWidth !== width) changed(); });
function stop() {
  theme.disconnect();
  size.disconnect();
  darkness.removeEventListener("change", changed);
  printing.removeEventListener("change", draw);
}
function begin() {
  draw();
  [document.documentElement, document.body].forEach(function (element) {
    theme.observe(element, { attributes: true,
      attributeFilter: ["class", "style", "data-theme", "data-jp-theme-light", "data-jp-theme-name"] });
  });
  size.observe(box);
  if (spec.finer) box.on("plotly_relayout", changed);
  darkness.addEventListener("change", changed);
  printing.addEventListener("change", draw);
}
function wait() {
  if (window.Plotly) return begin();
  if (++waited > 1 && !figure.isConnected) return;
  if (waited === 50) box.textContent = box.getAttribute("data-missing");
  setTimeout(wait, waited < 50 ? 100 : 1000);
}
function csvCell(value) {
  var text = value === null ? "" : String(value);
  return /[",\\r\\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
}
figure.querySelector("button").addEventListener("click", function () {
  var lines = [spec.table.headings].concat(spec.table.rows).map(function (row) { return row.map(csvCell).join(","); });
  var link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\\r\\n") + "\\r\\n"], { type: "text/csv" }));
  link.download = spec.fileName;
  link.click();
  setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
});
wait();
})`;
