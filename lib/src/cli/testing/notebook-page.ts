import type { Browser, Locator, Page } from "playwright-core";

/** A notebook that is open in JupyterLab. */
export interface NotebookPage {
  readonly page: Page;
  /** The code cell at `index`, counted without prose. */
  cell(index: number): Locator;
  /** Gives one of JupyterLab's commands, as its menu does; for one that runs cells, waits until they ran. */
  command(id: string, args?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Runs the code cell at `index` alone, and waits until it ran. */
  run(index: number): Promise<void>;
  /** What the progress bar of the code cell at `index` showed from now on, in percent. */
  watchProgress(index: number): Promise<() => Promise<number[]>>;
}

/** Opens a notebook and waits for its kernel; the page is closed with `page.context().close()`. */
export async function openNotebook(browser: Browser, url: string): Promise<NotebookPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(`${panel}?.sessionContext?.session?.kernel?.status === "idle"`);
  const cell = (index: number) => page.locator(".jp-CodeCell").nth(index);
  const command: NotebookPage["command"] = (id, args = {}) =>
    page.evaluate(`${execute(id, args)}.then(() => {})`);
  const run: NotebookPage["run"] = (index) =>
    page.evaluate(`(() => {
      const { content } = ${panel};
      content.deselectAll();
      content.activeCellIndex = content.widgets.findIndex(({ node }) => node === ${cellNode(index)});
      return ${execute("notebook:run-cell", {})}.then(() => {});
    })()`);
  const watchProgress: NotebookPage["watchProgress"] = async (index) => {
    await page.evaluate(`(() => {
      const shown = ((window.shownProgress ??= {})[${index}] = []);
      const node = ${cellNode(index)};
      new MutationObserver(() => {
        const bar = node.querySelector("[data-wirelab-progress]");
        if (bar) shown.push(Number(bar.getAttribute("aria-valuenow")));
      }).observe(node, { childList: true, subtree: true });
    })()`);
    return () => page.evaluate(`window.shownProgress[${index}]`);
  };
  return { page, cell, command, run, watchProgress };
}

const panel = "window.jupyterapp?.shell.currentWidget";

function cellNode(index: number): string {
  return `document.querySelectorAll(".jp-CodeCell")[${index}]`;
}

function execute(id: string, args: Readonly<Record<string, unknown>>): string {
  return `jupyterapp.commands.execute(${JSON.stringify(id)}, ${JSON.stringify(args)})`;
}
