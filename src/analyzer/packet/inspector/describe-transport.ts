/** TCP (RFC 9293), UDP (RFC 768) and SCTP (RFC 9260); the drawings stand at their decoders. */
import { describeOptions } from "./describe-options.ts";
import { bitNames, formatHex, named } from "./format-values.ts";
import type { HeaderReader } from "./header-reader.ts";

const flags = bitNames(["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"]);
const optionNames: Readonly<Record<number, string>> = {
  0: "End",
  1: "Nothing",
  2: "Largest segment",
  3: "Window scale",
  4: "Selective acknowledgement permitted",
  5: "Selective acknowledgement",
  8: "Timestamps",
  30: "Multipath TCP",
  34: "Fast open",
};

export function describeTcp(r: HeaderReader): number {
  r.uint("Source port", 0, 2);
  r.uint("Destination port", 2, 2);
  r.uint("Sequence", 4, 4);
  r.uint("Acknowledgement", 8, 4);
  const length = r.bits("Header length", 12, 1, 4, 15, (words) => `${words * 4} bytes`) * 4;
  r.bits("Flags", 12, 2, 0, 0x1ff, flags);
  r.uint("Window", 14, 2);
  r.hex("Checksum", 16, 2);
  r.uint("Urgent pointer", 18, 2);
  if (length > 20)
    r.group("Options", 20, length - 20, () =>
      describeOptions(r, length, (kind, at, size) => describeOption(r, kind, at, size)),
    );
  return Math.max(20, length);
}

function describeOption(r: HeaderReader, kind: number, at: number, length: number): void {
  const name = optionNames[kind] ?? `Option ${kind}`;
  if (kind === 2 && length === 4) r.uint(name, at + 2, 2);
  else if (kind === 3 && length === 3) r.uint(name, at + 2, 1);
  else r.raw(name, at, length);
}

export function describeUdp(r: HeaderReader): number {
  r.uint("Source port", 0, 2);
  r.uint("Destination port", 2, 2);
  r.uint("Length", 4, 2);
  r.hex("Checksum", 6, 2);
  return 8;
}

const chunkTypes = named({
  0: "data",
  1: "initiation",
  2: "initiation acknowledgement",
  3: "selective acknowledgement",
  4: "heartbeat",
  5: "heartbeat acknowledgement",
  6: "abort",
  7: "shutdown",
  10: "cookie echo",
  11: "cookie acknowledgement",
});

export function describeSctp(r: HeaderReader): number {
  r.uint("Source port", 0, 2);
  r.uint("Destination port", 2, 2);
  r.uint("Verification tag", 4, 4, (value) => formatHex(value, 4));
  r.hex("Checksum", 8, 4);
  let at = 12;
  while (r.has(at, 4)) {
    const from = at;
    const length = r.peek(from + 2, 2);
    if (length < 4) break;
    r.group("Chunk", from, length, () => {
      r.uint("Type", from, 1, chunkTypes);
      r.hex("Flags", from + 1, 1);
      r.uint("Length", from + 2, 2);
      r.raw("Content", from + 4, length - 4);
    });
    at += (length + 3) & ~3;
  }
  return 12;
}
