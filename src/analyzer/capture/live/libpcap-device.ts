/**
 * Packets by libpcap. `pcap_next_ex` is polled, because a callback cannot come from another thread, and each
 * packet is copied by one `memcpy`, because a view over its bytes would cost more.
 *
 *     struct pcap_pkthdr       Unix             Windows
 *       seconds                0  i64           0  i32
 *       micro-, nanoseconds    8  i32 or i64    4  i32
 *       captured length       16  u32           8  u32
 *       length on the wire    20  u32          12  u32
 */
import { ptr, read, type Pointer } from "bun:ffi";
import { kernelBufferBytes, kernelTimeoutMs, maxPacketBytes } from "../../limits.ts";
import type { RingSlot } from "./batch-ring.ts";
import type { CaptureDevice, DeviceRequest, ReadState, Refusal } from "./capture-device.ts";
import { openLinuxLibc, openMemcpy, pollReadable } from "./libc.ts";
import { errorBytes, errorText, fromCString, toCString, type Libpcap } from "./libpcap.ts";

const status = { noSuchDevice: -5, permissionDenied: -8, notUp: -9, promiscuousDenied: -11 } as const;
const netmaskUnknown = 0xffffffff;

/**
 * Opens an interface.
 * @param advice what gives the right to do so, told where it lacks
 */
export function openLibpcapDevice(
  pcap: Libpcap,
  request: DeviceRequest,
  platform: NodeJS.Platform,
  advice: string,
): CaptureDevice | Refusal {
  const errors = new Uint8Array(errorBytes);
  const handle = pcap.pcap_create(toCString(request.interfaceName), errors) as Pointer | null;
  if (handle === null) return refusal(request, errorText(errors));
  pcap.pcap_set_snaplen(handle, maxPacketBytes);
  pcap.pcap_set_promisc(handle, request.promiscuous ? 1 : 0);
  pcap.pcap_set_buffer_size(handle, kernelBufferBytes);
  pcap.pcap_set_timeout(handle, kernelTimeoutMs);
  pcap.pcap_set_tstamp_precision(handle, 1);
  const activated = pcap.pcap_activate(handle);
  const refused =
    activated < 0
      ? activationRefusal(pcap, handle, activated, request, advice)
      : // On Linux a blocking read would wait for a packet however long that takes.
        platform === "linux" && pcap.pcap_setnonblock(handle, 1, errors) < 0
        ? refusal(request, errorText(errors))
        : setFilter(pcap, handle, request.filter);
  if (refused === undefined) return new LibpcapDevice(pcap, handle, request.interfaceName, platform);
  pcap.pcap_close(handle);
  return refused;
}

function refusal({ interfaceName }: DeviceRequest, reason: string): Refusal {
  return { refused: `cannot capture on ${interfaceName}: ${reason.replace(/\.$/, "")}.` };
}

function activationRefusal(
  pcap: Libpcap,
  handle: Pointer,
  code: number,
  request: DeviceRequest,
  advice: string,
): Refusal {
  switch (code) {
    case status.noSuchDevice:
      return refusal(request, "there is no such interface; pcs interfaces lists them");
    case status.permissionDenied:
    case status.promiscuousDenied:
      return refusal(request, `it needs rights: ${advice}`);
    case status.notUp:
      return refusal(request, "it is down");
    default:
      return refusal(
        request,
        fromCString(pcap.pcap_geterr(handle)) || fromCString(pcap.pcap_statustostr(code)),
      );
  }
}

function setFilter(pcap: Libpcap, handle: Pointer, filter: string | undefined): Refusal | undefined {
  if (filter === undefined) return undefined;
  // struct bpf_program: u32 length, then a pointer at 8
  const program = new Uint8Array(16);
  if (pcap.pcap_compile(handle, program, toCString(filter), 1, netmaskUnknown) < 0)
    return { refused: `the filter '${filter}' is wrong: ${fromCString(pcap.pcap_geterr(handle))}.` };
  const set = pcap.pcap_setfilter(handle, program);
  pcap.pcap_freecode(program);
  return set < 0
    ? { refused: `the filter cannot be set: ${fromCString(pcap.pcap_geterr(handle))}.` }
    : undefined;
}

class LibpcapDevice implements CaptureDevice {
  readonly linkType: number;
  problem: string | undefined;
  private readonly pcap: Libpcap;
  private readonly handle: Pointer;
  private readonly name: string;
  private readonly isWindows: boolean;
  private readonly waitFor: (timeoutMs: number) => void;
  private readonly nanosPerUnit: number;
  private readonly memcpy: ReturnType<typeof openMemcpy>;
  /** Where `pcap_next_ex` leaves the addresses of a packet's header and bytes. */
  private readonly found = new Float64Array(2);
  private readonly foundWords = new Uint32Array(this.found.buffer);
  private readonly counts = new Uint32Array(8);
  private lost = 0;
  private lastLost = 0;
  /** The packet that was taken from libpcap and did not fit: it is the first of the next slot. */
  private hasPending = false;

  constructor(pcap: Libpcap, handle: Pointer, name: string, platform: NodeJS.Platform) {
    this.pcap = pcap;
    this.handle = handle;
    this.name = name;
    this.isWindows = platform === "win32";
    this.memcpy = openMemcpy(platform);
    this.linkType = linkTypeOfDlt(pcap.pcap_datalink(handle));
    this.nanosPerUnit = pcap.pcap_get_tstamp_precision(handle) === 1 ? 1 : 1000;
    // Elsewhere the read itself waits, as long as `pcap_set_timeout` said.
    const libc = platform === "linux" ? openLinuxLibc() : undefined;
    const fd = libc === undefined ? -1 : pcap.pcap_fileno(handle);
    this.waitFor = libc === undefined ? () => {} : (timeoutMs) => void pollReadable(libc, fd, timeoutMs);
  }

  read(slot: RingSlot): ReadState {
    const { bytes, offset, captured, wire, seconds, nanos } = slot;
    const { pcap, handle, memcpy, foundWords, nanosPerUnit, isWindows } = this;
    const next = pcap.pcap_next_ex;
    const header = ptr(this.found);
    const data = (header + 8) as Pointer;
    const base = ptr(bytes);
    const room = bytes.length;
    const rows = offset.length;
    const lengthsAt = isWindows ? 8 : 16;
    let row = slot.count;
    let at = slot.used;
    let state: ReadState = "full";
    while (row < rows) {
      if (!this.hasPending) {
        const got = next(handle, header, data);
        if (got !== 1) {
          state = got === 0 ? "drained" : this.end();
          break;
        }
      }
      const from = (foundWords[0]! + foundWords[1]! * 4_294_967_296) as Pointer;
      const length = read.u32(from, lengthsAt);
      const taken = length > maxPacketBytes ? maxPacketBytes : length;
      this.hasPending = at + taken > room;
      if (this.hasPending) break;
      memcpy((base + at) as Pointer, (foundWords[2]! + foundWords[3]! * 4_294_967_296) as Pointer, taken);
      offset[row] = at;
      captured[row] = taken;
      wire[row] = read.u32(from, lengthsAt + 4);
      seconds[row] = read.u32(from, 0) + (isWindows ? 0 : read.u32(from, 4) * 4_294_967_296);
      nanos[row] = read.u32(from, isWindows ? 4 : 8) * nanosPerUnit;
      at += taken;
      row++;
    }
    slot.count = row;
    slot.used = at;
    return state;
  }

  wait(timeoutMs: number): void {
    this.waitFor(timeoutMs);
  }

  /** struct pcap_stat: received, dropped for lack of room, dropped by the interface; u32 that may wrap round. */
  dropped(): number {
    if (this.pcap.pcap_stats(this.handle, this.counts) !== 0) return this.lost;
    this.lost += (this.counts[1]! - this.lastLost) >>> 0;
    this.lastLost = this.counts[1]!;
    return this.lost;
  }

  close(): void {
    this.pcap.pcap_close(this.handle);
  }

  private end(): ReadState {
    const reason = fromCString(this.pcap.pcap_geterr(this.handle)).replace(/\.$/, "") || "it ended";
    this.problem = `The capture on ${this.name} ended: ${reason}; what came before counts.`;
    return "ended";
  }
}

/** The few numbers that differ between devices and files (pcap/dlt.h on Linux and macOS): raw IP. */
function linkTypeOfDlt(dlt: number): number {
  return dlt === 12 || dlt === 14 ? 101 : dlt;
}
