import { expect, test } from "bun:test";
import { ptr } from "bun:ffi";
import { errorText, fromCString, openLibpcap, toCString } from "./libpcap.ts";

test("strings cross with their zero", () => {
  const text = toCString("tcp port 80 or ünï");
  expect(text.at(-1)).toBe(0);
  expect(fromCString(ptr(text))).toBe("tcp port 80 or ünï");
  expect(fromCString(null)).toBe("");
  expect(errorText(new Uint8Array([104, 105, 0, 120]))).toBe("hi");
});

test("the library is the system's, with the functions that pcs calls", () => {
  const pcap = openLibpcap(process.platform);
  if (pcap === undefined) {
    process.stderr.write("skipped: libpcap is not installed\n");
    return;
  }
  expect(fromCString(pcap.pcap_statustostr(-5))).toContain("No such device");
});
