/** Where a packet is in a list that the server holds: by number, which grows from row to row. */

/**
 * The place of the packet `number`, or undefined where it is not in the list. Asks for some 20 rows of a million.
 * @param rows in the list
 * @param numberAt the number of the packet in row `index`
 */
export async function findPacket(
  number: number,
  rows: number,
  numberAt: (index: number) => Promise<number | undefined>,
): Promise<number | undefined> {
  let low = 0;
  let end = rows;
  // Without a filter numbers follow each other, and the first guess is right.
  let guess = number - ((await numberAt(0)) ?? number);
  while (low < end) {
    const middle = guess >= low && guess < end ? guess : low + Math.floor((end - low) / 2);
    guess = -1;
    const found = await numberAt(middle);
    // The list has become shorter.
    if (found === undefined) end = middle;
    else if (found === number) return middle;
    else if (found < number) low = middle + 1;
    else end = middle;
  }
  return undefined;
}
