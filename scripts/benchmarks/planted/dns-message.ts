/** Messages of DNS (RFC 1035 §4): a header of 12 bytes, the question, and answers that point back to its name. */
export const dnsType = { a: 1, ptr: 12, txt: 16, aaaa: 28, srv: 33 } as const;

const recursionDesired = 0x0100;
const answerFlags = 0x8180;

export function dnsQuery(id: number, name: string, type: number, flags = recursionDesired): Buffer {
  return Buffer.concat([header(id, flags, 0), question(name, type)]);
}

export interface DnsAnswer {
  id: number;
  name: string;
  type: number;
  seconds: number;
  /** Of each answer. */
  data: readonly Buffer[];
  /** 2 the server failed, 3 there is no such name. */
  failure?: number;
  flags?: number;
}

export function dnsAnswer({
  id,
  name,
  type,
  seconds,
  data,
  failure = 0,
  flags = answerFlags,
}: DnsAnswer): Buffer {
  const answers = data.map((each) => {
    const head = Buffer.alloc(12);
    head.writeUInt16BE(0xc00c, 0);
    head.writeUInt16BE(type, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt32BE(seconds, 6);
    head.writeUInt16BE(each.length, 10);
    return Buffer.concat([head, each]);
  });
  return Buffer.concat([header(id, flags | failure, data.length), question(name, type), ...answers]);
}

/** One string of at most 255 bytes. */
export function txtData(text: Buffer): Buffer {
  return Buffer.concat([Buffer.from([text.length]), text]);
}

export function dnsName(name: string): Buffer {
  const labels = name.split(".").map((label) => txtData(Buffer.from(label)));
  return Buffer.concat([...labels, Buffer.alloc(1)]);
}

function header(id: number, flags: number, answers: number): Buffer {
  const bytes = Buffer.alloc(12);
  [id, flags, 1, answers].forEach((word, i) => bytes.writeUInt16BE(word, 2 * i));
  return bytes;
}

function question(name: string, type: number): Buffer {
  return Buffer.concat([dnsName(name), Buffer.from([0, type, 0, 1])]);
}
