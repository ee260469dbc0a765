import { expect, test } from "bun:test";
import { ServiceSizes } from "./service-sizes.ts";

test("a size is compared with those of its own service and direction", () => {
  const sizes = new ServiceSizes();
  for (let i = 0; i < 100; i++) {
    expect(sizes.deviation(17, 53, true, 80 + (i % 5))).toBeLessThan(1);
    sizes.deviation(17, 53, false, 300);
  }
  expect(sizes.deviation(17, 53, true, 1400)).toBeGreaterThan(5);
  expect(sizes.deviation(17, 53, false, 300)).toBeLessThan(0.1);
});

test("until there were some nothing deviates, and any size is a number", () => {
  const sizes = new ServiceSizes();
  for (const size of [60, 9000, 0, 4_294_967_295]) expect(sizes.deviation(6, 80, true, size)).toBe(0);
});
