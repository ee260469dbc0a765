import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { maxRawLength } from "./limits.ts";
import { hasMedia, plainText, trimText, type TextFormat } from "./plain-text.ts";

const cases: Record<TextFormat, [string, string][]> = {
  plain: [
    [" <b>x</b> &amp; \n y ", "<b>x</b> &amp; \n y"],
    ["", ""],
  ],
  moodle: [
    ["a\nb", "a\nb"],
    ["a<br>b<br />c<BR/>d", "a\nb\nc\nd"],
    ["<p>a</p><p>b</p>", "a\n\nb"],
    ["if x<y and y>z, 3 < 4 > 2", "if x<y and y>z, 3 < 4 > 2"],
    ["<span lang=\"en\" class='a > b'>x</span>", "x"],
    ["a &lt;b&gt; &amp;lt; &quot;&apos; &#65;&#x42; &euro;&Auml;&nbsp;.", "a <b> &lt; \"' AB €Ä ."],
    ["&nosuch; &; &#0; &#xD800; & b", "&nosuch; &; \uFFFD \uFFFD & b"],
    ["a<!-- no -->b<script>x<y</script>c", "abc"],
    ['see <img src="a" alt="a cat">', "see a cat"],
    ["<x>y</x>", "<x>y</x>"],
  ],
  html: [
    ["<p>One\n  two</p>\n\n<p>three</p>", "One two\n\nthree"],
    ["<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a\n\nb"],
    ["<pre>\nif x:\n    y\n</pre> z", "if x:\n    y\n\nz"],
    ["<table><tr><td>a</td><td>b</td></tr></table>", "a b"],
    ["H<sub>2</sub>O", "H2O"],
    ["<div>a<br>b</div>", "a\nb"],
  ],
  markdown: [
    ["**a** *b* __c__ _d_ `e`", "a b c d e"],
    ["snake_case_name and 2*3*4", "snake_case_name and 234"],
    ["2 * 3 * 4", "2 * 3 * 4"],
    ["# Head\ntext\n## Two ##", "Head\ntext\nTwo"],
    ["Head\n====\ntext", "Head\ntext"],
    ["> quoted\n> more", "quoted\nmore"],
    ["[a link](http://x.org) and ![a cat](cat.png)", "a link and a cat"],
    ["<http://x.org/?a=b>", "http://x.org/?a=b"],
    ["\\*no\\* \\_no\\_ \\\\", "*no* _no_ \\"],
    ["- one\n- two\n1. three", "- one\n- two\n1. three"],
    ["```js\na < b && *c*\n```\nend", "a < b && *c*\nend"],
    ["`a <b> &amp;` c", "a <b> &amp; c"],
    ["``a ` b``", "a ` b"],
    ["a <b>x</b> &amp; y", "a x & y"],
    ["line  \nbreak", "line\nbreak"],
  ],
};

for (const [format, rows] of Object.entries(cases))
  describe(format, () => {
    for (const [text, expected] of rows)
      test(JSON.stringify(text), () => expect(plainText(text, format as TextFormat)).toBe(expected));
  });

test("pictures and recordings are noticed", () => {
  for (const text of ["<img src=a>", "<VIDEO>", "![x](y)", "@@PLUGINFILE@@/a.mp3", "<iframe src=x>"])
    expect([hasMedia(text, "html"), hasMedia(text, "plain")]).toEqual([true, false]);
  expect(hasMedia("an <b>image</b> (!)", "html")).toBe(false);
});

test("white space is PHP's: a blank that does not break stays", () => {
  expect(trimText(" \t\n\r\v\u00a0x\u00a0\n ")).toBe("\u00a0x\u00a0");
});

test("arbitrary text gives trimmed text, soon", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "<p>",
      "</pre>",
      "<pre>",
      "<b",
      "`",
      "``",
      "```\n",
      "**",
      "_",
      "[",
      "](",
      ")",
      "&#",
      ";",
      "\n",
      "<!--",
      "\\",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.array(piece), fc.constantFrom("moodle", "html", "markdown", "plain"), (pieces, format) => {
      const plain = plainText(pieces.join(""), format);
      expect(trimText(plain)).toBe(plain);
    }),
    { numRuns: 3_000 },
  );
  for (const piece of [
    "<p ",
    "<pre>",
    "`",
    "**a",
    "[a",
    "<!--",
    "&",
    "_a",
    "<img alt='",
    "<script>",
    "\\",
    "~~~\n",
  ])
    for (const format of ["html", "markdown"] as const)
      expect(plainText(piece.repeat(maxRawLength / piece.length), format).length).toBeGreaterThanOrEqual(0);
}, 60_000);
