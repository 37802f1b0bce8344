import { type InspectOptions, inspect } from "node:util";
import { displayHtml, inKernel } from "./cell-output.js";

/** How an object looks: as HTML in a notebook, as text in a terminal. Both are made only when asked for. */
export interface View {
  html(): string;
  text(): string;
}

const views = new WeakMap<object, View>();

/**
 * Teaches an object to show itself: as the last expression of a notebook cell it appears as HTML, and in a terminal
 * `console.log` prints its text. Returns the same object; its other properties stay as they are.
 *
 * @example
 * showable({ ratio }, { html: () => `<b>${ratio}</b>`, text: () => String(ratio) })
 */
export function showable<T extends object>(object: T, view: View): T {
  views.set(object, view);
  Object.defineProperty(object, inspect.custom, {
    enumerable: false,
    configurable: true,
    value: (depth: number | null, options: InspectOptions) => inspected(view, depth, options),
  });
  return object;
}

/**
 * Shows an object now, also from the middle of a cell: as HTML in a notebook, as text on standard output elsewhere.
 * An object that has no view of its own is printed as `console.log` does.
 *
 * @example
 * for (const metric of ["median", "mean"] as const) {
 *   lab.show(await lab.compare(run, { first: "rest", second: "grpc", metric: metric }));
 * }
 */
export function show(object: unknown): void {
  const view = viewOf(object);
  if (view === undefined) console.log(object);
  else if (inKernel()) displayHtml(view.html());
  else console.log(view.text());
}

/**
 * Teaches an object to show itself as its parts, one below the other; a part without a view of its own is left out.
 *
 * @example
 * showableParts({ costs, table, reading }, [table, reading])
 */
export function showableParts<T extends object>(object: T, parts: readonly unknown[]): T {
  const own = parts.flatMap((part) => viewOf(part) ?? []);
  return showable(object, {
    html: () => own.map((view) => view.html()).join(""),
    text: () => own.map((view) => view.text()).join("\n"),
  });
}

/** The view of an object made showable, or undefined. */
export function viewOf(object: unknown): View | undefined {
  return typeof object === "object" && object !== null ? views.get(object) : undefined;
}

/** What `util.inspect` gets: "" after showing the HTML, or the text (without a kernel, or inside another object). */
export function inspected(view: View, depth: number | null, options: InspectOptions): string {
  if (depth !== options.depth || !inKernel()) return view.text();
  displayHtml(view.html());
  swallowNewline();
  return "";
}

/**
 * tslab prints the last expression with `console.log`, which would leave an empty line of text below the HTML.
 * The hook lives until the next write or the end of this tick, whichever comes first.
 */
function swallowNewline(): void {
  const original = process.stdout.write;
  const hooked = ((...parts: Parameters<typeof original>): boolean => {
    restore();
    return String(parts[0]) === "\n" ? true : original.apply(process.stdout, parts);
  }) as typeof original;
  const restore = (): void => {
    if (process.stdout.write === hooked) process.stdout.write = original;
  };
  process.stdout.write = hooked;
  queueMicrotask(restore);
}
