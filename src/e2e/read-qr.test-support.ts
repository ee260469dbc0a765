/**
 * Reads a QR code (ISO/IEC 18004) as a phone does, but for the mending of errors: of a drawn picture there are none.
 * Codes of versions 2 to 5 at level L have all their data in one block, which is what a short link needs.
 */

/** Light or dark, by row and column; without the quiet border. */
export type Modules = readonly (readonly boolean[])[];

/** What stands in it. @throws where it is of another kind, or no QR code */
export function readQr(modules: Modules): string {
  const size = modules.length;
  const version = (size - 17) / 4;
  if (!(version >= 2 && version <= 5)) throw new Error(`a code of ${size} modules is not read here`);
  const format = modules[8]!.slice(0, 5).map((dark, at) => dark !== (at % 2 === 0));
  if (format[0] === true || format[1] !== true) throw new Error("this code is not of level L");
  const mask = masks[(format[2]! ? 4 : 0) + (format[3]! ? 2 : 0) + (format[4]! ? 1 : 0)]!;
  const bits = placesOfData(size).map(([row, column]) => modules[row]![column]! !== mask(row, column));
  const number = (from: number, count: number): number =>
    bits.slice(from, from + count).reduce((sum, bit) => sum * 2 + Number(bit), 0);
  if (number(0, 4) !== 4) throw new Error("this code does not hold bytes");
  const bytes = Uint8Array.from({ length: number(4, 8) }, (_, at) => number(12 + at * 8, 8));
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

/** Which modules are turned over, by the number in the format (§7.8.2). */
const masks: ((row: number, column: number) => boolean)[] = [
  (i, j) => (i + j) % 2 === 0,
  (i) => i % 2 === 0,
  (_, j) => j % 3 === 0,
  (i, j) => (i + j) % 3 === 0,
  (i, j) => (Math.floor(i / 2) + Math.floor(j / 3)) % 2 === 0,
  (i, j) => ((i * j) % 2) + ((i * j) % 3) === 0,
  (i, j) => (((i * j) % 2) + ((i * j) % 3)) % 2 === 0,
  (i, j) => (((i + j) % 2) + ((i * j) % 3)) % 2 === 0,
];

/** In pairs of columns from the right, up and down by turns, past all that is no data (§7.7.3). */
function placesOfData(size: number): [row: number, column: number][] {
  const places: [number, number][] = [];
  let isUp = true;
  for (let right = size - 1; right > 0; right -= 2, isUp = !isUp) {
    if (right === 6) right--;
    for (let step = 0; step < size; step++)
      for (const column of [right, right - 1]) {
        const row = isUp ? size - 1 - step : step;
        if (isData(size, row, column)) places.push([row, column]);
      }
  }
  return places;
}

function isData(size: number, row: number, column: number): boolean {
  const isFinder =
    (row < 9 && column < 9) || (row < 9 && column >= size - 8) || (row >= size - 8 && column < 9);
  const isAlignment = Math.abs(row - (size - 7)) <= 2 && Math.abs(column - (size - 7)) <= 2;
  return !isFinder && !isAlignment && row !== 6 && column !== 6;
}
