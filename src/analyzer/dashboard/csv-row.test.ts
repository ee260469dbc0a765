import { expect, test } from "bun:test";
import { csvRow } from "./csv-row.ts";

test.each([
  [["a", 1.5, true, null, -2], "a,1.5,true,,-2"],
  [["a,b", 'say "x"', "two\nlines", "<script>"], '"a,b","say ""x""","two\nlines",<script>'],
  [["=1+1", "+1", "-1", "@x", "\tx", "a=1"], "'=1+1,'+1,'-1,'@x,'\tx,a=1"],
  [['=HYPERLINK("x","y")', "\r=1"], '"\'=HYPERLINK(""x"",""y"")","\'\r=1"'],
  [[], ""],
])("%p", (cells, line) => {
  expect(csvRow(cells)).toBe(`${line}\r\n`);
});
