/** The filter bar's proposals and chips, and the file that a report page reads, tested without a browser. */
import { describe, expect, test } from "bun:test";
import { refusalOf, sentenceOf } from "../../../public/analyzer/refusal.ts";
import { chipsOf } from "../../../public/analyzer/filter/chips.ts";
import { applyProposal, completionAt, maxProposals } from "../../../public/analyzer/filter/completion.ts";
import { ownTrafficFilter } from "../../../public/analyzer/filter/own-traffic.ts";
import { formatMoment } from "../../../public/analyzer/format.ts";
import type { FilterField } from "./contract.ts";

const fields: FilterField[] = [
  { name: "src", takes: "address", help: "" },
  { name: "port", takes: "port", help: "" },
  { name: "tcp.port", takes: "port", help: "" },
  { name: "protocol", takes: "name", values: ["dns", "tls", "tcp"], help: "" },
  { name: "dns", takes: "nothing", help: "" },
  { name: "tcp", takes: "nothing", help: "" },
];

function proposed(filter: string): string {
  const caret = filter.indexOf("|");
  const text = filter.replace("|", "");
  return completionAt(text, caret, fields, ["10.0.0.1", "::1"])
    .proposals.map((proposal) => proposal.text)
    .join(" ");
}

describe("what may stand at the caret", () => {
  test.each([
    ["|", "src port tcp.port protocol dns tcp not"],
    ["po|", "port tcp.port"],
    ["PO|", "port tcp.port"],
    ["dns|", ""],
    ["dns |", "and or"],
    ["dns a|", "and"],
    ["dns and not (|", "src port tcp.port protocol dns tcp not"],
    ["! |", "src port tcp.port protocol dns tcp not"],
    ["src |", "10.0.0.1 ::1"],
    ["src 1|", "10.0.0.1 ::1"],
    ["src != 10|", "10.0.0.1"],
    ["src 10.0.0.1 |", "and or"],
    ["port |", ""],
    ["port 443 |", "and or"],
    ["protocol in {dns, |", "dns tls tcp"],
    ["protocol in {dns, tls} |", "and or"],
    ["protocol == t|", "tls tcp"],
    ["unknown |", "and or"],
    ["dns || |", "src port tcp.port protocol dns tcp not"],
    ["tc| and dns", "tcp tcp.port"],
  ])("%s", (filter, wanted) => {
    // The last | is the caret in all of them.
    const caret = filter.lastIndexOf("|");
    const text = filter.slice(0, caret) + filter.slice(caret + 1);
    const { proposals } = completionAt(text, caret, fields, ["10.0.0.1", "::1"]);
    const names = proposals.map((proposal) => proposal.text);
    expect(names.toSorted()).toEqual(wanted.split(" ").filter(Boolean).toSorted());
  });

  test("those that begin with what was typed come first, and there are not too many", () => {
    expect(proposed("tc|")).toBe("tcp tcp.port");
    expect(proposed("por|")).toBe("port tcp.port");
    const many = Array.from({ length: 500 }, (_, i): FilterField => ({
      name: `f${i}`,
      takes: "nothing",
      help: "",
    }));
    expect(completionAt("f", 1, many, []).proposals).toHaveLength(maxProposals);
  });

  test("a proposal takes the place of the word at the caret", () => {
    const completion = completionAt("not tc and dns", 6, fields, []);
    expect(completion).toMatchObject({ start: 4, end: 6 });
    expect(applyProposal("not tc and dns", completion, { text: "tcp", help: "" })).toEqual({
      text: "not tcp and dns",
      caret: 8,
    });
  });
});

test("a chip for each part, and one for the span", () => {
  expect(chipsOf({})).toEqual([]);
  const chips = chipsOf({
    capture: "2",
    src: "::1",
    q: "dns or tls",
    from: "1700000000",
    to: "1700000100.5",
  });
  expect(chips.map(({ label, value }) => `${label}: ${value}`)).toEqual([
    "source: ::1",
    "filter: dns or tls",
    `time: ${formatMoment(1_700_000_000)} to ${formatMoment(1_700_000_100).slice(11)}.500`,
  ]);
  expect(chips.map(({ parts }) => parts)).toEqual([["src"], ["q"], ["from", "to"]]);
  expect(chipsOf({ to: "yesterday" }).map(({ value }) => value)).toEqual(["before yesterday"]);
  expect(chipsOf({ from: "0" }).map(({ value }) => value)).toEqual([`since ${formatMoment(0)}`]);
});

test.each([
  ["10.1.2.3", "8050", "host 10.1.2.3 and tcp.port 8050"],
  ["[2001:db8::1]", "8050", "host 2001:db8::1 and tcp.port 8050"],
  ["localhost", "8050", "(host 127.0.0.1 or host ::1) and tcp.port 8050"],
  ["lab.example", "", "tcp.port 80"],
])("the page's own traffic at %s:%s", (host, port, filter) => {
  expect(ownTrafficFilter(host, port)).toBe(filter);
});

test("a refusal says where, and what is no refusal has a sentence too", () => {
  const body = { error: { code: "bad_filter", message: "No.", at: { start: 1, end: 2 } } };
  expect(refusalOf(400, JSON.stringify(body))).toMatchObject({
    code: "bad_filter",
    status: 400,
    message: "No.",
    at: { start: 1, end: 2 },
  });
  for (const text of ["", "<h1>Bad gateway</h1>", "[]", '{"error":1}'])
    expect(refusalOf(502, text).message).toBe("The server answered 502.");
  expect(sentenceOf(new TypeError("fetch failed"))).toContain("cannot be reached");
});
