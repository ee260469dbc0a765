/** The layers of a chosen packet as a tree, in a real browser: by the rules of ARIA, and with all that the route tells. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { pcapFile } from "../capture/capture-builder.test-support.ts";
import { ethernet, ipv4, tcp } from "../packet/packet-builder.test-support.ts";
import { press } from "../../lib/browser-input.test-support.ts";
import { chromium, TestBrowser } from "../../lib/browser.test-support.ts";
import type { Answers } from "./contract.ts";
import { TestDashboard, testHost } from "./dashboard.test-support.ts";
import { loadPageAssets } from "./page-assets.ts";

setDefaultTimeout(120_000);

type Field = Answers["/api/packets/:number"]["layers"][number]["fields"][number];

/** A line as it is read out, and those in the group after it. */
interface Line {
  text: string;
  level: number;
  /** Null where nothing is in it. */
  isOpen: boolean | null;
  within: Line[];
}

/** Lines of a tree or a group: each is a line, or the group of the line before it. */
const linesOf = `function linesOf(list) {
  const lines = [];
  for (const each of list.children) {
    const role = each.getAttribute("role");
    if (role === "treeitem") {
      const parts = [...each.querySelectorAll(".field-name, .field-value")].map((part) => part.textContent);
      const open = each.getAttribute("aria-expanded");
      lines.push({ text: parts.join(": "), level: Number(each.getAttribute("aria-level")), isOpen: open === null ? null : open === "true", within: [] });
    } else if (role === "group" && lines.at(-1)?.isOpen !== null && lines.at(-1)?.within.length === 0)
      lines.at(-1).within = linesOf(each);
    else throw new Error("neither a line nor its group: " + each.outerHTML);
  }
  return lines;
}`;
const tree = `(() => { ${linesOf} return linesOf(document.querySelector('.field-tree[role="tree"]')); })()`;
const seen = `[...document.querySelectorAll(".tree-line")].filter((line) => line.checkVisibility()).length`;
const focused = `document.activeElement.querySelector(".field-name")?.textContent`;

test.skipIf(chromium === undefined)(
  "every layer and field of a packet is a line of the tree, and the keys go through them",
  async () => {
    const content = pcapFile([{ data: ethernet(0x0800, ipv4(6, tcp(new Uint8Array(0), 7))), seconds: 1 }]);
    await using dashboard = await TestDashboard.open({ content, page: await loadPageAssets() });
    const { layers } = (await (
      await dashboard.ask("/api/packets/1")
    ).json()) as Answers["/api/packets/:number"];
    const server = Bun.serve({
      port: 0,
      hostname: "127.0.0.1",
      fetch: async (request) => {
        const { pathname, search } = new URL(request.url);
        return await dashboard.ask(`${pathname}${search}`, { Host: testHost });
      },
    });
    await using browser = await TestBrowser.open();
    const url = `http://127.0.0.1:${server.port}/?tab=packets&packet=1`;
    await browser.goTo(url, `document.querySelector(".tree-line") !== null`);
    const wanted = layers.map(({ title, fields }, i) =>
      lineOf(title, fields, 1, fields.length === 0 ? null : i >= layers.length - 2),
    );
    expect(await browser.evaluate(tree)).toEqual(wanted);
    // Of one capture all of this is there: a layer, its fields, and fields within a field.
    expect([layers.length, depthOf(wanted)]).toEqual([3, 3]);

    expect(await browser.evaluate(`document.querySelectorAll('.field-tree [tabindex="0"]').length`)).toBe(1);
    const before = await browser.evaluate(seen);
    await browser.evaluate(`document.querySelector('.field-tree [tabindex="0"]').focus()`);
    expect(await browser.evaluate(focused)).toBe(layers[0]!.title);
    await press(browser, "ArrowRight");
    expect(await browser.evaluate(seen)).toBe(Number(before) + layers[0]!.fields.length);
    await press(browser, "ArrowRight");
    expect(await browser.evaluate(focused)).toBe(layers[0]!.fields[0]!.name);
    await press(browser, "ArrowDown");
    expect(await browser.evaluate(focused)).toBe(layers[0]!.fields[1]!.name);
    expect(
      await browser.evaluate(
        `[document.querySelectorAll('.field-tree [tabindex="0"]').length, document.activeElement.ariaSelected]`,
      ),
    ).toEqual([1, "true"]);
    expect(browser.errors).toEqual([]);
    await server.stop(true);
  },
);

if (chromium === undefined) process.stderr.write("skipped: there is no Chromium\n");

function lineOf(name: string, fields: readonly Field[], level: number, isOpen: boolean | null): Line {
  const within = fields.map(({ name: inner, value, fields: deeper = [] }) =>
    lineOf(
      value === "" ? inner : `${inner}: ${value}`,
      deeper,
      level + 1,
      deeper.length === 0 ? null : false,
    ),
  );
  return { text: name, level, isOpen, within };
}

function depthOf(lines: readonly Line[]): number {
  return lines.length === 0 ? 0 : 1 + Math.max(...lines.map(({ within }) => depthOf(within)));
}
