/**
 * Letters of one look in one word: `Ann` with a Cyrillic A is nobody but who would pass for Ann, so for whether a name
 * is taken it is the same. A word in one alphabet is left as it is: `сор` is no `cop`.
 */
const mixed =
  /(?=\S*\p{Script=Latin})(?=\S*[\p{Script=Cyrillic}\p{Script=Greek}])|(?=\S*\p{Script=Cyrillic})(?=\S*\p{Script=Greek})/u;

/** Small letters by the Latin one that they, or their capitals, look like. */
const latin = new Map(
  Object.entries({
    a: "аα",
    b: "вβьъ",
    c: "сϲ",
    d: "ԁ",
    e: "еεёє",
    g: "ɡԍ",
    h: "нһη",
    i: "іιїӏ",
    j: "јϳ",
    k: "кκ",
    m: "мμ",
    n: "νп",
    o: "оοσ",
    p: "рρ",
    q: "ԛ",
    r: "г",
    s: "ѕ",
    t: "тτ",
    u: "и",
    w: "ԝωш",
    x: "хχ",
    y: "уυγү",
    z: "ζ",
  }).flatMap(([letter, others]) => Array.from(others, (other) => [other, letter] as const)),
);

/** @param text in small letters. @returns it with Latin letters for those that look so, in words of several alphabets */
export function foldLookAlikes(text: string): string {
  if (!mixed.test(text)) return text;
  return text.replaceAll(/\S+/gu, (word) =>
    mixed.test(word) ? Array.from(word, (letter) => latin.get(letter) ?? letter).join("") : word,
  );
}
