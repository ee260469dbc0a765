import { expect, test } from "bun:test";
import { parsePageQuery } from "./page-query.ts";

const columns = ["number", "size"];
const parse = (query: string) => parsePageQuery(new URLSearchParams(query), columns);

test.each([
  ["", 0, 100, undefined],
  ["offset=12&limit=1000&src=10.0.0.1", 12, 1000, undefined],
  ["sort=size", 0, 100, { column: "size", descending: false }],
  ["sort=-size&limit=1", 0, 1, { column: "size", descending: true }],
])("%p", (query, offset, limit, sort) => {
  expect(parse(query)).toEqual({ kind: "page", offset, limit, sort });
});

test.each([
  ["offset=-1", "'-1' is no offset: rows are counted from 0."],
  ["offset=", "'' is no offset: rows are counted from 0."],
  ["offset=1e3", "'1e3' is no offset: rows are counted from 0."],
  ["limit=0", "'0' is no limit: a page has 1 to 1000 rows."],
  ["limit=1001", "'1001' is no limit: a page has 1 to 1000 rows."],
  ["limit=10&limit=10", "The parameter 'limit' stands there 2 times."],
  ["sort=sise", "Rows cannot be sorted by 'sise': did you mean 'size'?"],
  ["sort=--size", "Rows cannot be sorted by '-size': did you mean 'size'?"],
  ["sort=", "Rows cannot be sorted by '': there are number, size."],
])("%p is refused: %p", (query, message) => {
  expect(parse(query)).toEqual({ kind: "problem", message });
});
