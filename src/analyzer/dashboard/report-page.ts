/**
 * The page as one file that needs no server: script, style and data stand in it, and a policy lets nothing else in.
 * What comes out of packets is data between two tags, and cannot end them.
 */
import { createHash } from "node:crypto";
import type { PageAssets } from "../../lib/embedded-page.ts";

/** Where the page finds its data: `<script type="application/json" id="pcs-data">`. */
const dataId = "pcs-data";

/**
 * The file's text; the same assets and data give the same text.
 * @param data JSON
 * @throws where the page is not made as this expects, which is a bug
 */
export function reportPage(page: PageAssets, data: string): string {
  let html = textOf(page, "/");
  const hashes: Record<"script" | "style", string[]> = { script: [], style: [] };
  html = html.replaceAll(/<link\b[^>]*\bhref="\.?(\/[^"]+\.css)"[^>]*>/g, (_, path: string) => {
    const style = textOf(page, path);
    if (/<\/style/i.test(style)) throw new Error(`${path} would end its element.`);
    hashes.style.push(hashOf(style));
    return `<style>${style}</style>`;
  });
  html = html.replaceAll(/<script\b[^>]*\bsrc="\.?(\/[^"]+\.js)"[^>]*><\/script>/g, (_, path: string) => {
    // Only in a string or a pattern, where the backslash changes nothing.
    const script = textOf(page, path).replaceAll(/<(?=\/script)/gi, "\\x3C");
    // After one of these another tag would not be the end.
    if (script.includes("<!--")) throw new Error(`${path} would not end with its element.`);
    hashes.script.push(hashOf(script));
    return `<script type="module">${script}</script>`;
  });
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.script.join(" ")}`,
    `style-src ${hashes.style.join(" ")}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const json = `<script type="application/json" id="${dataId}">${embeddable(data)}</script>`;
  // The policy holds for what follows it, so it stands before everything else.
  const [head, body] = [/<head>/i, /<\/body>/i].map((tag) => tag.exec(html)?.index ?? -1) as [number, number];
  if (head < 0 || body < head) throw new Error("the page has no head and body to put data into.");
  const at = head + "<head>".length;
  return `${html.slice(0, at)}${meta}${html.slice(at, body)}${json}${html.slice(body)}`;
}

/** JSON in which nothing can be taken for markup. */
function embeddable(json: string): string {
  return json.replaceAll("<", "\\u003c");
}

function textOf(page: PageAssets, path: string): string {
  const asset = page.get(path);
  if (asset === undefined) throw new Error(`the page has no ${path}.`);
  return new TextDecoder().decode(asset.body);
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
