import { expect, test } from "bun:test";
import { ServiceRates } from "./service-rates.ts";

test("what is usual is learnt from pairs, and more than that is told", () => {
  const rates = new ServiceRates();
  expect(rates.excess(17, 123, 9)).toBe(0);
  for (let i = 0; i < 20; i++) rates.learn(17, 123, Math.log1p(2 + (i % 2)));
  expect(rates.excess(17, 123, Math.log1p(3))).toBeLessThan(1);
  expect(rates.excess(17, 123, Math.log1p(1))).toBe(0);
  expect(rates.excess(17, 123, Math.log1p(2000))).toBeGreaterThan(5);
  expect(rates.excess(6, 123, Math.log1p(2000))).toBe(0);
});
