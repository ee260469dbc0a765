import { expect, test } from "bun:test";
import { packetComment } from "./packet-comment.ts";

test("score and reasons, a line each", () => {
  const reason = { feature: "port-scan", value: 9, typical: null, weight: 1, text: "10.0.0.1 tried 9 ports" };
  expect(packetComment(0.95, [reason, { ...reason, text: "<b>" }])).toBe(
    "pcs: score 0.9500\n10.0.0.1 tried 9 ports\n<b>",
  );
  expect(packetComment(1, [])).toBe("pcs: score 1.0000");
  expect(packetComment(0.7, [reason], true)).toBe(
    "pcs: score 0.7000, marked as expected\n10.0.0.1 tried 9 ports",
  );
});
