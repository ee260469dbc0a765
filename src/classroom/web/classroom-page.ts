/** The page that students open. */
import page from "../../../public/classroom/index.html";
import { loadEmbeddedPage, type PageAssets } from "../../lib/embedded-page.ts";

/** @throws when a clone's page does not build, which is a bug */
export async function loadClassroomPage(): Promise<PageAssets> {
  return await loadEmbeddedPage(page);
}
