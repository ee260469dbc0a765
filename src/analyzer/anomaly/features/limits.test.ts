import { expect, test } from "bun:test";
import { ContextTable } from "./context-table.ts";
import { hostSlots, pairSlots, shapeSlots } from "./limits.ts";

test("tables can have that many slots", () => {
  for (const slots of [hostSlots, pairSlots, shapeSlots])
    expect(new ContextTable(slots, 1).slots).toBe(slots);
});
