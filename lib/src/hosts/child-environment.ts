/** Variables that would send a call through a proxy: grpc-js obeys some of them, undici others or none. */
const proxies = /^(grpc|http|https|ftp|all|no)_proxy$|^node_use_env_proxy$|^no_grpc_proxy$/i;

/** What would make a child's Node another one than a plain `node`: inspectors, loaders, coverage, cluster, IPC, no certificates. */
const nodeOptions =
  /^(NODE_OPTIONS|NODE_V8_COVERAGE|NODE_CHANNEL_FD|NODE_CHANNEL_SERIALIZATION_MODE|NODE_UNIQUE_ID|NODE_TLS_REJECT_UNAUTHORIZED)$/i;

/** The same of Python: other folders to import from, debugging, other output. */
const pythonOptions = /^PYTHON/i;

/** What would give Locust other options than its command line has. */
const locustOptions = /^LOCUST_/i;

/** The environment for a child: `source` without proxies and without what changes its Node, Python or Locust, for production. */
export function childEnvironment(source: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const dropped = [proxies, nodeOptions, pythonOptions, locustOptions];
  const kept = Object.entries(source).filter(([name]) => !dropped.some((pattern) => pattern.test(name)));
  return { ...Object.fromEntries(kept), NODE_ENV: "production" };
}
