/** Filter expressions by libpcap's compiler, for packets of one link type. */
import { ptr, type Pointer } from "bun:ffi";
import { ExpectedError } from "../../../lib/errors.ts";
import { maxPacketBytes } from "../../limits.ts";
import { linkType as linkTypes } from "../link-types.ts";
import { fromCString, toCString, type Libpcap } from "./libpcap.ts";

const netmaskUnknown = 0xffffffff;
/** Raw IP has another number in the compiler than in files (DLT_RAW, but on OpenBSD). */
const rawInCompiler = 12;

export class BpfProgram {
  private readonly pcap: Libpcap;
  /** struct bpf_program: u32 length, then a pointer at 8. */
  private readonly program = new Uint8Array(16);
  /** struct pcap_pkthdr, of which a filter reads only the two lengths. */
  private readonly header: Uint32Array;
  private readonly lengthsAt: number;

  /** @throws ExpectedError with the compiler's words where the expression is wrong */
  constructor(pcap: Libpcap, expression: string, linkType: number, platform: NodeJS.Platform) {
    this.pcap = pcap;
    this.lengthsAt = platform === "win32" ? 2 : 4;
    this.header = new Uint32Array(this.lengthsAt + 2);
    const dlt = linkType === linkTypes.raw ? rawInCompiler : linkType;
    const handle = pcap.pcap_open_dead(dlt, maxPacketBytes);
    if (handle === null) throw new Error("libpcap has no memory");
    const compiled = pcap.pcap_compile(handle, this.program, toCString(expression), 1, netmaskUnknown);
    const problem = compiled < 0 ? fromCString(pcap.pcap_geterr(handle)) : undefined;
    pcap.pcap_close(handle);
    if (problem !== undefined) throw new ExpectedError(`the filter '${expression}' is wrong: ${problem}.`);
  }

  /** Whether the packet at an address matches. */
  matches(address: number, captured: number, wire: number): boolean {
    this.header[this.lengthsAt] = captured;
    this.header[this.lengthsAt + 1] = wire;
    return this.pcap.pcap_offline_filter(ptr(this.program), ptr(this.header), address as Pointer) !== 0;
  }

  close(): void {
    this.pcap.pcap_freecode(this.program);
  }
}
