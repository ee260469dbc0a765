import { describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import type { PageAssets } from "../../lib/embedded-page.ts";
import { loadPageAssets } from "./page-assets.ts";
import { reportPage } from "./report-page.ts";

const asset = (text: string) => ({ body: new TextEncoder().encode(text), type: "" });

function assets(script: string, style = "p{color:red}"): PageAssets {
  const html =
    '<!doctype html><html><head><meta charset="utf-8"><link rel="icon" href="data:,">' +
    '<link rel="stylesheet" crossorigin href="./a.css"><script type="module" src="./a.js"></script></head>' +
    "<body><main></main></body></html>";
  return new Map([
    ["/", asset(html)],
    ["/a.css", asset(style)],
    ["/a.js", asset(script)],
  ]);
}

function partsOf(html: string) {
  const find = (pattern: RegExp): string => pattern.exec(html)?.[1] ?? "";
  return {
    policy: find(/<head><meta http-equiv="Content-Security-Policy" content="([^"]+)">/),
    style: find(/<style>([\s\S]*?)<\/style>/),
    script: find(/<script type="module">([\s\S]*?)<\/script>/),
    data: find(/<script type="application\/json" id="pcs-data">([\s\S]*?)<\/script><\/body>/),
  };
}

const hash = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

test("everything stands in one file, and nothing else may come in", () => {
  const html = reportPage(assets("let a=1;"), '{"a":1}');
  const { policy, style, script, data } = partsOf(html);
  expect({ style, script, data }).toEqual({ style: "p{color:red}", script: "let a=1;", data: '{"a":1}' });
  expect(policy).toBe(
    `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; ` +
      "img-src data:; base-uri 'none'; form-action 'none'",
  );
  expect(html).not.toMatch(/\ssrc=|href="(?!data:)/);
  expect(reportPage(assets("let a=1;"), '{"a":1}')).toBe(html);
});

describe("nothing ends its element early", () => {
  test("data", () => {
    const evil = { name: "</script><script>alert(1)</script><!--", price: "$& $1 $`" };
    const { data } = partsOf(reportPage(assets(""), JSON.stringify(evil)));
    expect(data).not.toContain("<");
    expect(JSON.parse(data)).toEqual(evil);
  });

  test("the script, which means the same", () => {
    const { script, policy } = partsOf(reportPage(assets('globalThis.x="</script>$&"'), "{}"));
    expect(script).toBe('globalThis.x="\\x3C/script>$&"');
    expect(policy).toContain(hash(script));
  });

  test("or it is a fault", () => {
    expect(() => reportPage(assets("", "p{}</style>"), "{}")).toThrow("/a.css would end its element.");
    expect(() => reportPage(assets("x='<!--'"), "{}")).toThrow("/a.js would not end with its element.");
    expect(() => reportPage(new Map(), "{}")).toThrow("the page has no /.");
  });
});

test("the page as it is", async () => {
  const html = reportPage(await loadPageAssets(), "{}");
  const { policy, style, script, data } = partsOf(html);
  expect([style.length > 1000, script.length > 10_000, data]).toEqual([true, true, "{}"]);
  for (const text of [style, script]) expect(policy).toContain(hash(text));
  expect(html).not.toMatch(/<script[^>]*\ssrc=|<link[^>]*href="\.?\//);
});
