/** The dashboard's page. */
import page from "../../../public/analyzer/index.html";
import { loadEmbeddedPage, type PageAssets } from "../../lib/embedded-page.ts";

/** @throws when a clone's page does not build, which is a bug */
export async function loadPageAssets(): Promise<PageAssets> {
  return await loadEmbeddedPage(page);
}
