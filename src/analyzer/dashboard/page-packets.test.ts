/** The arithmetic of the packet list and the inspector, tested without a browser. */
import { describe, expect, test } from "bun:test";
import { nodeAt, treeOf } from "../../../public/analyzer/packets/field-lookup.ts";
import { findPacket } from "../../../public/analyzer/packets/find-packet.ts";
import { formatByte, formatOffset, letterOf, parseHex } from "../../../public/analyzer/packets/hex-lines.ts";
import { keptPages, pagesInFlight, rowsOfFetch } from "../../../public/analyzer/packets/limits.ts";
import { rowAfterKey } from "../../../public/analyzer/packets/list-keys.ts";
import { OpenLayers } from "../../../public/analyzer/packets/open-layers.ts";
import { endText } from "../../../public/analyzer/packets/end-text.ts";
import { formatPacketTime } from "../../../public/analyzer/packets/packet-time.ts";
import { RowPages, type FetchRows } from "../../../public/analyzer/packets/row-pages.ts";
import {
  isNearEnd,
  maxScrollHeightPx,
  placeAfterScroll,
  placeAt,
  rowsToDraw,
  scrollHeightOf,
  topShowing,
  type RowSpace,
} from "../../../public/analyzer/packets/row-window.ts";

const short: RowSpace = { rows: 1000, rowHeight: 25, height: 500 };
const long: RowSpace = { rows: 4_000_000, rowHeight: 25, height: 500 };

describe("rows in sight", () => {
  test("a short list scrolls as it is", () => {
    expect(scrollHeightOf(short)).toBe(25_000);
    expect(placeAfterScroll(short, { top: 0, scrollTop: 0 }, 9000)).toEqual({ top: 9000, scrollTop: 9000 });
    expect(placeAt(short, 1e9)).toEqual({ top: 24_500, scrollTop: 24_500 });
    expect(isNearEnd(short, { top: 0, scrollTop: 0 })).toBe(false);
  });

  test("a long one is no higher than a browser can, and both its ends are reached", () => {
    expect(scrollHeightOf(long)).toBe(maxScrollHeightPx);
    const end = placeAt(long, Number.MAX_SAFE_INTEGER);
    expect(end).toEqual({ top: 4_000_000 * 25 - 500, scrollTop: maxScrollHeightPx - 500 });
    expect(rowsToDraw(long, end.top)[1]).toBe(4_000_000);
    expect(placeAt(long, 0).scrollTop).toBe(0);
    expect(isNearEnd(long, placeAt(long, 0))).toBe(true);
    expect(isNearEnd(long, placeAt(long, 50_000_000))).toBe(false);
  });

  test("in a long one the wheel moves the rows by as much, and the thumb by its share", () => {
    const middle = placeAt(long, 50_000_000);
    const wheeled = placeAfterScroll(long, middle, middle.scrollTop + 120);
    expect(wheeled.top).toBe(50_000_120);
    const dragged = placeAfterScroll(long, middle, middle.scrollTop / 2);
    expect(dragged.top).toBeCloseTo(25_000_000, 0);
    // Put where the scroll bar belongs, nothing moves.
    expect(placeAt(long, wheeled.top).top).toBe(wheeled.top);
  });

  test("wheeling on comes to every row up to the ends, wherever the scroll bar stands", () => {
    let place = placeAt(long, 4000);
    for (let i = 0; i < 60 && place.top > 0; i++) {
      place = placeAfterScroll(long, place, Math.max(0, place.scrollTop - 100));
      if (isNearEnd(long, place)) place = placeAt(long, place.top);
    }
    expect(place.top).toBe(0);
  });

  test("a chosen row is brought into sight by as little as needed, one far away into the middle", () => {
    expect(topShowing(short, 0, 3)).toBe(0);
    expect(topShowing(short, 0, 20)).toBe(25);
    expect(topShowing(short, 100, 1)).toBe(25);
    expect(topShowing(short, 0, 500)).toBe(12_250);
    expect(topShowing(short, 0, 999)).toBe(24_500);
  });

  test("no more is drawn than there is", () => {
    expect(rowsToDraw({ rows: 3, rowHeight: 25, height: 500 }, 0)).toEqual([0, 3]);
    expect(rowsToDraw({ rows: 0, rowHeight: 25, height: 500 }, 0)).toEqual([0, 0]);
  });
});

test.each([
  ["ArrowDown", -1, 0],
  ["ArrowDown", 99, 99],
  ["ArrowUp", -1, 0],
  ["PageDown", -1, 20],
  ["PageDown", 90, 99],
  ["PageUp", 5, 0],
  ["Home", 50, 0],
  ["End", 50, 99],
  ["a", 50, undefined],
])("%s from row %p goes to %p", (key, from, to) => {
  expect(rowAfterKey(key, from, 100, 20)).toBe(to);
  expect(rowAfterKey(key, from, 0, 20)).toBeUndefined();
});

describe("pages of rows", () => {
  test("what is in sight is fetched, few pages at a time, and what is no longer in sight is not", async () => {
    const { asked, fetch, answer } = server(1_000_000);
    let changes = 0;
    const pages = new RowPages(fetch, () => changes++);
    pages.want(0, 40);
    for (let row = 0; row < 500_000; row += 1000) pages.want(row, row + 40);
    pages.want(700_000, 700_040);
    await answer();
    await answer();
    expect(asked.length).toBeLessThanOrEqual(2 * pagesInFlight);
    expect(asked.at(-1)).toBe(700_000 / rowsOfFetch);
    expect(pages.row(700_039)).toBe(700_039);
    expect(pages.row(0)).toBeUndefined();
    expect(pages.total).toBe(1_000_000);
    expect(changes).toBeGreaterThan(0);
  });

  test("pages unused for longest are forgotten", async () => {
    const { fetch, answer } = server(1_000_000);
    const pages = new RowPages(fetch, () => undefined);
    for (let page = 0; page < keptPages + 10; page++) {
      pages.want(page * rowsOfFetch, page * rowsOfFetch + 1);
      await answer();
    }
    expect(pages.row(0)).toBeUndefined();
    expect(pages.row((keptPages + 9) * rowsOfFetch)).toBe((keptPages + 9) * rowsOfFetch);
  });

  test("a refresh asks for what is in sight once more, and shows the old rows until then", async () => {
    const { asked, fetch, answer } = server(300);
    const pages = new RowPages(fetch, () => undefined);
    pages.want(0, 10);
    await answer();
    pages.refresh();
    expect(pages.row(5)).toBe(5);
    await answer();
    expect(asked).toEqual([0, 0]);
    pages.want(0, 10);
    expect(asked).toEqual([0, 0]);
  });

  test("the end of what has grown is told only when its rows are there", async () => {
    let total = 250;
    const asked: string[] = [];
    const fetch: FetchRows<number> = async (offset, limit) => {
      asked.push(`${offset}+${limit}`);
      await Bun.sleep(0);
      const rows = Array.from({ length: Math.min(limit, total - offset) }, (_, i) => offset + i);
      return { total: (total += 7), rows };
    };
    const gaps: (number | undefined)[] = [];
    const pages = new RowPages(fetch, () =>
      gaps.push(pages.row(pages.total - 1), pages.row(pages.total - 40)),
    );
    const { signal } = new AbortController();
    await pages.loadFirst(signal);
    await pages.loadEnd(signal);
    expect([pages.total, gaps]).toEqual([264, [263, 224]]);
    expect(asked).toEqual(["0+200", "256+1", "200+200"]);
    total = 100_000;
    await pages.loadEnd(signal);
    expect([pages.total, gaps.slice(2)]).toEqual([100_007, [100_006, 99_967]]);
    expect(pages.error).toBeUndefined();
  });

  test("after an error nothing is asked until it is told to", async () => {
    let calls = 0;
    const fetch = (): Promise<never> => {
      calls++;
      return Promise.reject(new Error("no"));
    };
    const pages = new RowPages(fetch, () => undefined);
    pages.want(0, 10);
    await Bun.sleep(0);
    pages.want(0, 10);
    expect(calls).toBe(1);
    expect(pages.error).toEqual(new Error("no"));
    pages.refresh();
    expect(calls).toBe(2);
  });
});

describe("a packet is found by its number", () => {
  const every = Array.from({ length: 100_000 }, (_, i) => i + 501);
  const third = every.filter((number) => number % 3 === 0);

  test("at once where no packet is left out, else by halves", async () => {
    expect(await placeOf(70_000, every)).toEqual([69_499, 2]);
    const [found, asked] = await placeOf(69_999, third);
    expect(third[found!]).toBe(69_999);
    expect(asked).toBeLessThan(20);
  });

  test("what is not in the list is not found", async () => {
    expect((await placeOf(70_000, third))[0]).toBeUndefined();
    expect((await placeOf(1, every))[0]).toBeUndefined();
    expect((await placeOf(1e9, every))[0]).toBeUndefined();
    expect((await placeOf(1, []))[0]).toBeUndefined();
  });
});

describe("from a byte to its field", () => {
  const nodes = treeOf([
    {
      name: "ipv4",
      title: "Internet Protocol, version 4",
      start: 14,
      length: 20,
      quoted: false,
      fields: [
        { name: "Version", value: "4", start: 14, length: 1 },
        { name: "Source", value: "10.0.0.1", start: 26, length: 4 },
        {
          name: "Flags",
          value: "0x40",
          start: 20,
          length: 2,
          fields: [{ name: "Don't fragment", value: "set", start: 20, length: 2 }],
        },
        { name: "Nothing", value: "", start: 22, length: 0 },
      ],
    },
    { name: "data", title: "Payload", start: 34, length: 6, quoted: true, fields: [] },
  ]);

  test.each([
    [0, undefined],
    [14, "Version"],
    [15, "Internet Protocol, version 4"],
    [21, "Don't fragment"],
    [22, "Internet Protocol, version 4"],
    [29, "Source"],
    [39, "Payload"],
    [40, undefined],
  ])("byte %p is of %p", (at, name) => {
    expect(nodeAt(nodes, at)?.name).toBe(name);
  });

  test("each line knows its place", () => {
    expect(nodes[0]!.children[2]!.children[0]!.path).toEqual([0, 2, 0]);
    expect(nodes[1]!.value).toBe("quoted");
  });
});

test("layers are opened as a person left them", () => {
  const open = new OpenLayers();
  expect([0, 1, 2].map((place) => open.isOpen(`layer ${place}`, place, 3))).toEqual([false, true, true]);
  open.keep("layer 0", true);
  open.keep("layer 2", false);
  expect([0, 1, 2].map((place) => open.isOpen(`layer ${place}`, place, 3))).toEqual([true, true, false]);
});

test("bytes as people read them", () => {
  expect([...parseHex("00ff1A")]).toEqual([0, 255, 26]);
  expect([...parseHex("00zz11")]).toEqual([0]);
  expect([...parseHex("")]).toEqual([]);
  expect([0, 65, 0x7e, 0x7f, 255].map(letterOf).join("")).toBe("·A~··");
  expect([0, 255].map(formatByte)).toEqual(["00", "ff"]);
  expect([0, 16, 65_536].map(formatOffset)).toEqual(["0000", "0010", "10000"]);
});

test.each([
  [formatPacketTime(null, 5, "relative"), ""],
  [formatPacketTime(7.5, 5, "relative"), "2.500000"],
  [formatPacketTime(7.5, null, "relative"), "0.000000"],
  [formatPacketTime(4, 5, "relative"), "-1.000000"],
  [formatPacketTime(1e18, 0, "clock"), "1000000000000000000"],
  [formatPacketTime(0.999_999_9, 0, "clock").slice(3), "00:01.000000"],
  [formatPacketTime(0.25, 0, "clock").slice(3), "00:00.250000"],
  [endText(null, 0), ""],
  [endText("10.0.0.1", 0), "10.0.0.1"],
  [endText("10.0.0.1", 443), "10.0.0.1:443"],
  [endText("fe80::1", 443), "[fe80::1]:443"],
])("%p", (given, wanted) => {
  expect(given).toBe(wanted);
});

/** Answers when it is told to. */
function server(total: number): {
  asked: number[];
  fetch: (offset: number, limit: number, signal: AbortSignal) => Promise<{ total: number; rows: number[] }>;
  answer: () => Promise<void>;
} {
  const waiting: (() => void)[] = [];
  const asked: number[] = [];
  return {
    asked,
    fetch: (offset, limit, signal) => {
      asked.push(offset / rowsOfFetch);
      return new Promise((resolve, reject) => {
        signal.addEventListener("abort", () => reject(new Error("given up")));
        const rows = Array.from({ length: Math.min(limit, total - offset) }, (_, i) => offset + i);
        waiting.push(() => resolve({ total, rows }));
      });
    },
    answer: async () => {
      for (const resolve of waiting.splice(0)) resolve();
      await Bun.sleep(0);
    },
  };
}

/** Where a packet is, and how many rows were asked for. */
async function placeOf(number: number, numbers: readonly number[]): Promise<[number | undefined, number]> {
  let asked = 0;
  const found = await findPacket(number, numbers.length, (index) => {
    asked++;
    return Promise.resolve(numbers[index]);
  });
  return [found, asked];
}
