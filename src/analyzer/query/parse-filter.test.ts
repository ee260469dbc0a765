import { describe, expect, test } from "bun:test";
import { maxFilterDepth, maxFilterLength, maxFilterTerms } from "../limits.ts";
import { filterFields } from "./filter-fields.ts";
import { parseFilter } from "./parse-filter.ts";

function keyOf(text: string): string {
  const parsed = parseFilter(text);
  return parsed.kind === "filter" ? parsed.key : `${parsed.message} @${parsed.at?.start}-${parsed.at?.end}`;
}

test.each([
  ["", "all"],
  [" \t\n", "all"],
  ["dns", "protocol 10"],
  ["TCP", "layer 2048"],
  ["protocol tcp", "layer 2048"],
  ["protocol != dns", "!protocol 10"],
  ["src 10.0.0.0/8", "source = a000000/8"],
  ["src 10.1.2.3/8", "source = a000000/8"],
  ["ip.src == 10.0.0.1", "source = a000001/32"],
  ["dst != 1.2.3.4", "destination != 1020304/32"],
  ["host 2001:DB8::/32", "any = 20010db8:0:0:0/32"],
  ["host ::ffff:1.2.3.4", "any = 0:0:ffff:1020304/128"],
  ["src ::/0", "source = 0:0:0:0/0"],
  ["tcp.port 443", "any 6 port = 443"],
  ["udp.port>=1024", "any 17 port >= 1024"],
  ["sport 1 and dport 2", "(destination 0 port = 2 and source 0 port = 1)"],
  ["port in {80, 443}", "(any 0 port = 443 or any 0 port = 80)"],
  ["port in {80 443 80}", "(any 0 port = 443 or any 0 port = 80)"],
  ["port in {80}", "any 0 port = 80"],
  ["size<100", "size < 100"],
  ["len 100.5", "size = 100.5"],
  ["score > 0.7", "score > 0.7"],
  ["flagged", "flagged"],
  ["flow 12", "flow = 12"],
  ["number <= 5", "number <= 5"],
  ["time >= 1.5", "time >= 1 500000000"],
  ["time < -0.3", "time < -1 700000000"],
  ["truncated or malformed", "(flag 1 or flag 2)"],
  ["fragment || tunnelled", "(flag 16 or flag 8)"],
  ["dns and not tcp or udp", "((!layer 2048 and protocol 10) or layer 4096)"],
  ["udp or dns && !tcp", "((!layer 2048 and protocol 10) or layer 4096)"],
  ["(udp or dns) and tcp", "((layer 4096 or protocol 10) and layer 2048)"],
  ["not (udp or dns)", "!(layer 4096 or protocol 10)"],
  ["not not dns", "!!protocol 10"],
  ["!dns and dns", "(!protocol 10 and protocol 10)"],
  ["dns and (dns and (udp and dns))", "(layer 4096 and protocol 10)"],
  [
    "src 10.0.0.0/8 and tcp.port 443 and not dns",
    "(!protocol 10 and any 6 port = 443 and source = a000000/8)",
  ],
])("%p means %p", (text, key) => {
  expect(keyOf(text)).toBe(key);
});

test.each([
  ["srx 10.0.0.1", "There is no field 'srx': did you mean 'src'? @0-3"],
  ["tpc", "There is no field 'tpc': did you mean 'tcp'? @0-3"],
  ["dns and prot 5", "There is no field 'prot': did you mean 'port'? @8-12"],
  ["xyzzy", "There is no field 'xyzzy'. @0-5"],
  ["10.0.0.1", "There is no field '10.0.0.1': did you mean 'host 10.0.0.1'? @0-8"],
  ["dns udp", "Between two terms stands 'and' or 'or': did you mean 'and udp'? @4-7"],
  ["(dns udp)", "Between two terms stands 'and' or 'or': did you mean 'and udp'? @5-8"],
  ["dns and", "A term is missing at the end, such as 'dns' or 'port 443'. @7-7"],
  ["and dns", "A term is missing before 'and', such as 'dns' or 'port 443'. @0-3"],
  ["dns or or udp", "A term is missing before 'or', such as 'dns' or 'port 443'. @7-9"],
  ["()", "A term is missing before ')', such as 'dns' or 'port 443'. @1-2"],
  ["(dns", "This parenthesis is never closed. @0-1"],
  ["dns)", "This parenthesis closes none that was opened. @3-4"],
  ["dns & udp", "A single '&' says nothing here: did you mean '&&'? @4-5"],
  ["dns | udp", "A single '|' says nothing here: did you mean '||'? @4-5"],
  ['src "10.0.0.1"', "Values stand without quotes here: did you mean the same without them? @4-5"],
  ["dns ; udp", "A filter cannot have ';' in it. @4-5"],
  ["dns 🦄", "A filter cannot have '🦄' in it. @4-6"],
  ["ä 🦄", "A filter cannot have '🦄' in it. @2-4"],
  ["src", "'src' needs an address or a range, such as 10.0.0.0/8, behind it. @0-3"],
  ["src and dns", "'src' needs an address or a range, such as 10.0.0.0/8, behind it. @4-7"],
  ["port =", "'port' needs a port, such as 443, behind it. @0-4"],
  ["protocol", "'protocol' needs the name of a layer or a protocol, such as dns, behind it. @0-8"],
  ["score", "'score' needs a number behind it. @0-5"],
  ["src 10.0.0", "'10.0.0' is no address: write one like 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32. @4-10"],
  [
    "src 10.0.0.256",
    "'10.0.0.256' is no address: write one like 10.0.0.1, 10.0.0.0/8 or 2001:db8::/32. @4-14",
  ],
  [
    "src 10.0.0.0/33",
    "'10.0.0.0/33' is no range: behind an address of IPv4 stands / and a number from 0 to 32. @4-15",
  ],
  [
    "src ::/129",
    "'::/129' is no range: behind an address of IPv6 stands / and a number from 0 to 128. @4-10",
  ],
  ["src > 10.0.0.1", "'src' is compared with = or != only. @4-5"],
  ["port 65536", "'65536' is no port: ports are numbers from 0 to 65535. @5-10"],
  ["port in {80, x}", "'x' is no port: ports are numbers from 0 to 65535. @13-14"],
  ["port in 80", "Behind 'in' stands a list in braces, such as {80, 443}. @8-10"],
  ["port in {80", "This brace is never closed. @8-9"],
  ["port in {}", "'port' needs a port, such as 443, behind it. @9-10"],
  ["size big", "'big' is no number. @5-8"],
  ["score > 7", "'7' is no score: scores lie between 0 and 1. @8-9"],
  ["time > noon", "'noon' is no time: times are seconds since 1970, such as 1700000000.25. @7-11"],
  ["tcp 443", "'tcp' is compared with nothing: did you mean 'tcp.port'? @4-7"],
  ["dns = 5", "'dns' is compared with nothing. @4-5"],
  ["protocol dnss", "There is no protocol 'dnss': did you mean 'dns'? @9-13"],
  ["protocol > dns", "'protocol' is compared with = or != only. @9-10"],
  ["constructor", "There is no field 'constructor'. @0-11"],
])("%p is refused: %p", (text, problem) => {
  expect(keyOf(text)).toBe(problem);
});

const terms = (count: number): string => Array.from({ length: count }, () => "dns").join(" or ");
const nested = (depth: number): string => `${"(".repeat(depth)}dns${")".repeat(depth)}`;

describe("limits", () => {
  test("of length", () => {
    expect(parseFilter(" ".repeat(maxFilterLength)).kind).toBe("filter");
    expect(keyOf(" ".repeat(maxFilterLength + 1))).toBe(
      `A filter has at most 1000 characters, and this one 1001. @1000-1001`,
    );
  });

  test("of terms", () => {
    expect(parseFilter(terms(maxFilterTerms)).kind).toBe("filter");
    expect(keyOf(terms(maxFilterTerms + 1))).toContain("A filter has at most 64 terms.");
    const ports = Array.from({ length: maxFilterTerms + 1 }, (_, i) => i).join(",");
    expect(keyOf(`port in {${ports}}`)).toContain("A filter has at most 64 terms.");
  });

  test("of depth", () => {
    expect(keyOf(nested(maxFilterDepth))).toBe("protocol 10");
    expect(keyOf(nested(maxFilterDepth + 1))).toBe("Terms lie at most 32 deep in each other. @32-33");
    expect(keyOf(`${"not ".repeat(maxFilterDepth + 1)}dns`)).toContain("Terms lie at most 32 deep");
  });
});

test("every field is offered once, says what it is, and is understood with what it takes", () => {
  const values = { nothing: "", address: "10.0.0.1", port: "443", number: "1", name: "dns", text: "" };
  expect(new Set(filterFields.map(({ name }) => name)).size).toBe(filterFields.length);
  for (const { name, takes, help } of filterFields) {
    expect([name, parseFilter(`${name} ${values[takes]}`).kind]).toEqual([name, "filter"]);
    expect(help.length).toBeGreaterThan(5);
  }
});
