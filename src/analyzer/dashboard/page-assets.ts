/**
 * The files of the page. In the executable they are built in; in a clone the same page is bundled when the
 * dashboard starts. They are served as plain files, and not by Bun's own route for pages, because that route
 * sets no headers.
 */
import { basename } from "node:path";
import page from "../../../public/analyzer/index.html";

export interface PageAsset {
  body: Uint8Array<ArrayBuffer>;
  type: string;
}

/** The page's files by the path they are asked for; the page itself is `/`. */
export type PageAssets = ReadonlyMap<string, PageAsset>;

/** Loads or bundles the page. @throws when a clone's page does not build, which is a bug */
export async function loadPageAssets(): Promise<PageAssets> {
  const assets = new Map<string, PageAsset>();
  for (const file of page.files ?? (await bundlePage())) {
    const content = "content" in file ? file.content : Bun.file(file.path);
    const path = file.loader === "html" ? "/" : `/${basename(file.path)}`;
    assets.set(path, { body: await content.bytes(), type: contentType(file.loader) });
  }
  return assets;
}

async function bundlePage(): Promise<{ path: string; loader: string; content: Blob }[]> {
  const built = await Bun.build({ entrypoints: [page.index], target: "browser", minify: true });
  return built.outputs.map((output) => ({ path: output.path, loader: output.loader, content: output }));
}

function contentType(loader: string): string {
  if (loader === "html") return "text/html; charset=utf-8";
  if (loader === "css") return "text/css; charset=utf-8";
  return loader === "js" ? "text/javascript; charset=utf-8" : "application/octet-stream";
}
