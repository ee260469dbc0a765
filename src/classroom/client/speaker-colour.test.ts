import { expect, test } from "bun:test";
import { speakerColour, speakerPalette } from "./speaker-colour.ts";

/** Relative luminance (WCAG 2.2) of a colour of the 6×6×6 cube. */
function luminance(code: number): number {
  const steps = [0, 95, 135, 175, 215, 255];
  const [red, green, blue] = [
    Math.trunc((code - 16) / 36),
    Math.trunc((code - 16) / 6) % 6,
    (code - 16) % 6,
  ].map((step) => {
    const share = steps[step]! / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

for (const code of speakerPalette)
  test(`colour ${code} can be read on black and on white`, () => {
    const light = luminance(code);
    expect((light + 0.05) / 0.05).toBeGreaterThanOrEqual(3);
    expect(1.05 / (light + 0.05)).toBeGreaterThanOrEqual(3);
  });

test("a name has one colour, and names differ", () => {
  expect(speakerColour("kapil")).toBe(speakerColour("kapil"));
  const names = Array.from({ length: 200 }, (_, i) => speakerColour(`student${i}`));
  expect(new Set(names).size).toBe(speakerPalette.length);
});
