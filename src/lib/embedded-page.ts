/**
 * The files of a page. In the executable they are built in; in a clone the same page is bundled when it is first
 * needed. They are served as plain files, and not by Bun's own route for pages, because that route sets no headers.
 */
import { basename, extname } from "node:path";

export interface PageAsset {
  body: Uint8Array<ArrayBuffer>;
  type: string;
}

/** A page's files by the path they are asked for; the page itself is `/`. */
export type PageAssets = ReadonlyMap<string, PageAsset>;

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

/** Loads or bundles what `import page from "….html"` names. @throws when it does not build, which is a bug */
export async function loadEmbeddedPage(page: Bun.HTMLBundle): Promise<PageAssets> {
  const assets = new Map<string, PageAsset>();
  for (const { path, content } of page.files?.map(builtIn) ?? (await bundlePage(page.index))) {
    const type = contentTypes[extname(path)];
    if (type === undefined) continue;
    const body = new Uint8Array(await content.arrayBuffer());
    assets.set(type.startsWith("text/html") ? "/" : `/${basename(path)}`, { body, type });
  }
  return assets;
}

function builtIn({ path }: { path: string }): { path: string; content: Blob } {
  return { path, content: Bun.file(path) };
}

async function bundlePage(index: string): Promise<{ path: string; content: Blob }[]> {
  const built = await Bun.build({ entrypoints: [index], target: "browser", minify: true });
  return built.outputs.map((output) => ({ path: output.path, content: output }));
}
