// Data flows down this list; a room imports only from rooms above it (see ARCHITECTURE.md).
const rooms = [
  "stats",
  "recompute",
  "hosts",
  "arms",
  "record",
  "schedule",
  "experiment",
  "analysis",
  "verdicts",
  "show",
  "lab",
  "notebook",
  "cli",
];

const downward = rooms.map((room, index) => ({
  name: `room-${room}`,
  severity: "error",
  comment: `${room}/ may import only: ${rooms.slice(0, index).join(", ") || "nothing of the project"}`,
  from: { path: `^lib/src/${room}/`, pathNot: "\\.test\\.ts$" },
  to: { path: `^lib/src/(${[...rooms.slice(index + 1), "index\\.ts"].join("|")})(/|$)` },
}));

module.exports = {
  forbidden: [
    ...downward,
    {
      name: "stats-stands-alone",
      severity: "error",
      comment: "stats/ also runs inside a page: numbers in, numbers out",
      from: { path: "^lib/src/stats/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^(lib/src/(?!stats/)|servers/)|^(node:)?(fs|path|child_process|os|process|worker_threads)$",
      },
    },
    {
      name: "pages-compute-alone",
      severity: "error",
      comment: "recompute/, but for pack.ts, is bundled into pages: it may import only stats/",
      from: { path: "^lib/src/recompute/", pathNot: "(\\.test|/pack)\\.ts$" },
      to: { path: "^(lib/src/(?!stats/|recompute/)|servers/|lib/src/recompute/pack\\.ts)" },
    },
    {
      name: "pages-have-no-node",
      severity: "error",
      from: { path: "^lib/src/recompute/", pathNot: "(\\.test|/pack)\\.ts$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "servers-measure-nothing",
      severity: "error",
      from: { path: "^servers/" },
      to: { path: "^lib/" },
    },
    {
      name: "clients-see-no-server-code",
      severity: "error",
      comment: "only hosts/ starts servers; arms/ and schedule/ reach them by address",
      from: { path: "^lib/src/(?!hosts/|arms/)", pathNot: "\\.test\\.ts$" },
      to: { path: "^servers/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.test.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default"],
    },
  },
};
