/**
 * Unicode's composed form (NFC, UAX #15) at a bounded cost. A letter may bear any number of combining marks, and to put
 * them into their order takes the square of how many there are: half a minute for 256 kB. No language needs more
 * than 30 (UAX #15 §13, the Stream-Safe Text Format).
 */

/** More marks on one letter than any text has. */
const pile = /\p{M}{31}/u;

/** @returns the text in NFC; as it came where a letter bears more than 30 marks */
export function composed(text: string): string {
  return pile.test(text) ? text : text.normalize("NFC");
}
