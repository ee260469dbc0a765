import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { PacketStore } from "../store/packet-store.ts";
import {
  chanceFilters,
  chancePackets,
  chanceThreshold,
  storeChance,
} from "./filtered-packets.test-support.ts";
import { parseFilter } from "./parse-filter.ts";
import { Selections } from "./selections.ts";

test("a filter selects the packets of which each alone says so, as they come and go", () => {
  fc.assert(
    fc.property(
      chancePackets,
      chanceFilters,
      fc.integer({ min: 1, max: 9 }),
      (packets, { text, holds }, rows) => {
        const filter = parseFilter(text);
        if (filter.kind === "problem") return filter.message.includes(" at most ");
        const store = new PacketStore(10, 7);
        const selections = new Selections(store);
        for (let from = 0; from < packets.length; from += 11) {
          storeChance(store, packets.slice(from, from + 11), rows);
          const expected = packets
            .map((_, i) => i + 1)
            .filter((number) => number >= store.first && number <= store.last)
            .filter((number) => holds(packets[number - 1]!, number));
          const selection = selections.select(filter, chanceThreshold);
          expect([text, selection.numbers(0, 1000)]).toEqual([text, expected]);
          expect(selection.count).toBe(expected.length);
        }
        return true;
      },
    ),
    { numRuns: 500 },
  );
}, 60_000);
