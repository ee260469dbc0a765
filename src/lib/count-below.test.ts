import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { countBelow, countUpTo } from "./count-below.ts";

test("ranks are those of counting one by one", () => {
  const number = fc.integer({ min: -5, max: 5 });
  fc.assert(
    fc.property(fc.array(number), number, (values, value) => {
      const ascending = Float64Array.from(values).sort();
      expect(countBelow(ascending, value)).toBe(values.filter((each) => each < value).length);
      expect(countUpTo(ascending, value)).toBe(values.filter((each) => each <= value).length);
    }),
  );
});
