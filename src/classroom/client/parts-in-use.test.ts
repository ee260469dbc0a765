import { expect, test } from "bun:test";
import { PartsInUse } from "./parts-in-use.ts";

test("one at a time, in order; other parts are free", async () => {
  const parts = new PartsInUse();
  const order: string[] = [];
  const leave = await parts.take("a");
  const second = parts.take("a").then((left) => {
    order.push("second");
    return left;
  });
  const third = parts.take("a").then(() => order.push("third"));
  (await parts.take("b"))();
  order.push("first");
  leave();
  (await second)();
  await third;
  expect(order).toEqual(["first", "second", "third"]);
});
