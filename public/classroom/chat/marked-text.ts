/** A text in pieces, those marked that a search was for. */

export interface Piece {
  text: string;
  isFound: boolean;
}

/**
 * Compared as the server does: without case and accents. What is marked is for the eye alone: the server has decided
 * what is found.
 */
export function markFound(text: string, words: string): Piece[] {
  const wanted = words.split(/[\s"]+/).flatMap((word) => {
    const isBeginning = word.endsWith("*");
    const parts = (isBeginning ? word.slice(0, -1) : word).split(noWord).filter((part) => part !== "");
    return parts.map((part, at) => ({
      word: plain(part),
      isBeginning: isBeginning && at === parts.length - 1,
    }));
  });
  const isWanted = (piece: string): boolean => {
    const compared = plain(piece);
    return wanted.some(({ word, isBeginning }) =>
      isBeginning ? compared.startsWith(word) : compared === word,
    );
  };
  const pieces: Piece[] = [];
  for (const piece of text.split(/([\p{L}\p{N}\p{M}]+)/u)) {
    const isFound = piece !== "" && isWanted(piece);
    const last = pieces.at(-1);
    if (last !== undefined && last.isFound === isFound) last.text += piece;
    else if (piece !== "") pieces.push({ text: piece, isFound });
  }
  return pieces;
}

const noWord = /[^\p{L}\p{N}\p{M}]+/u;

function plain(word: string): string {
  return word.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
