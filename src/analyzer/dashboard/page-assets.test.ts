import { expect, test } from "bun:test";
import { loadPageAssets } from "./page-assets.ts";

test("the page with its script and style, each from this server", async () => {
  const assets = await loadPageAssets();
  const html = new TextDecoder().decode(assets.get("/")?.body);
  const files = [...html.matchAll(/(?:src|href)="\.?(\/[^"]+)"/g)].map(([, path]) => path!);
  expect(new Set(files.map((file) => assets.get(file)?.type))).toEqual(
    new Set(["text/css; charset=utf-8", "text/javascript; charset=utf-8"]),
  );
  expect(files).toHaveLength(2);
  expect(html).not.toMatch(/https?:/);
  expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
});
