/**
 * Packets from Linux itself, where libpcap is not installed: a packet socket whose ring the kernel fills and
 * this thread reads out of shared memory (packet(7), Documentation/networking/packet_mmap.rst, TPACKET_V3).
 * A block of the ring is copied in one piece; rows point into the copy.
 *
 *     block     8  status, 1 = ours | 12  packets | 16  offset of the first | 20  bytes used
 *     packet    0  offset of the next | 4  seconds | 8  nanoseconds | 12  captured | 16  on the wire
 *              20  status | 24  offset of the bytes u16 | 32  VLAN tag | 36  its type u16
 *              48  sockaddr_ll, in which 10 is the direction: 4 = outgoing
 */
import { toArrayBuffer, type Pointer } from "bun:ffi";
import { kernelBufferBytes, kernelTimeoutMs, ringBlockBytes } from "../../limits.ts";
import { linkType as linkTypes } from "../link-types.ts";
import type { RingSlot } from "./batch-ring.ts";
import type { CaptureDevice, DeviceRequest, ReadState, Refusal } from "./capture-device.ts";
import { hardwareType, hardwareTypes, linkTypeOfHardware } from "./hardware-types.ts";
import { lastError, pollBit, pollReadable, type LinuxLibc } from "./libc.ts";
import { toCString } from "./libpcap.ts";

const family = { packet: 17 } as const;
/** SOCK_DGRAM, where the kernel takes the link's own header off, and SOCK_RAW. */
const socketType = { payload: 2, raw: 3 } as const;
const level = { socket: 1, packet: 263 } as const;
const option = { error: 4, membership: 1, ring: 5, statistics: 6, version: 10, reserve: 12 } as const;
const everyProtocol = 0x0300;
/** EPERM and EACCES. */
const permissionDenied = new Set([1, 13]);
const networkDown = 100;
const outgoing = 4;
const vlanValid = 1 << 4;
const vlanTypeValid = 1 << 6;
/** Room before each packet for a VLAN tag that the network card took off. */
const vlanBytes = 4;

/**
 * Opens an interface.
 * @param advice what gives the right to do so, told where it lacks
 */
export function openPacketSocket(
  libc: LinuxLibc,
  { interfaceName, promiscuous }: DeviceRequest,
  advice: string,
): CaptureDevice | Refusal {
  const refuse = (reason: string): Refusal => ({ refused: `cannot capture on ${interfaceName}: ${reason}.` });
  const index = libc.if_nametoindex(toCString(interfaceName));
  if (index === 0) return refuse("there is no such interface; pcs interfaces lists them");
  const hardware = hardwareType(interfaceName) ?? hardwareTypes.ethernet;
  const linkType = linkTypeOfHardware(hardware);
  if (linkType === undefined) return refuse("for interfaces of its kind libpcap is needed");
  const fd = libc.socket(family.packet, linkType === linkTypes.raw ? socketType.payload : socketType.raw, 0);
  if (fd < 0) {
    const code = lastError(libc);
    return refuse(permissionDenied.has(code) ? `it needs rights: ${advice}` : `the system says ${code}`);
  }
  const ring = setUp(libc, fd, index, promiscuous);
  if (typeof ring === "number") {
    libc.close(fd);
    return refuse(ring === networkDown ? "it is down" : `the system says ${ring}`);
  }
  return new PacketSocket(libc, fd, ring, { name: interfaceName, index, hardware, linkType });
}

/** @returns the address of the ring, or the number of the error */
function setUp(libc: LinuxLibc, fd: number, index: number, promiscuous: boolean): { at: Pointer } | number {
  const set = (name: number, ...words: number[]): boolean =>
    libc.setsockopt(fd, level.packet, name, new Uint32Array(words), words.length * 4) === 0;
  const blocks = Math.floor(kernelBufferBytes / ringBlockBytes);
  const frame = 2048;
  // struct tpacket_req3: block size and count, frame size and count, time after which a block is handed on
  const request = [ringBlockBytes, blocks, frame, (ringBlockBytes / frame) * blocks, kernelTimeoutMs, 0, 0];
  if (!set(option.version, 2) || !set(option.reserve, vlanBytes) || !set(option.ring, ...request))
    return lastError(libc);
  const at = libc.mmap(null, blocks * ringBlockBytes, 3, 1, fd, 0);
  if (at === null || Number(at) < 0 || Number(at) > 2 ** 63) return lastError(libc);
  // struct packet_mreq: interface, type u16 (1 = promiscuous), length u16, address
  if (promiscuous) set(option.membership, index, 1, 0, 0);
  // struct sockaddr_ll: family u16, protocol u16 in network order, interface, and 12 bytes for answers
  const address = new Uint32Array([family.packet | (everyProtocol << 16), index, 0, 0, 0]);
  return libc.bind(fd, address, 20) === 0 ? { at: at as Pointer } : lastError(libc);
}

class PacketSocket implements CaptureDevice {
  readonly linkType: number;
  problem: string | undefined;
  private readonly libc: LinuxLibc;
  private readonly fd: number;
  private readonly at: Pointer;
  private readonly bytes: Uint8Array;
  private readonly words: Int32Array;
  private readonly name: string;
  private readonly index: number;
  private readonly isLoopback: boolean;
  private readonly blocks: number;
  private block = 0;
  private lost = 0;

  constructor(
    libc: LinuxLibc,
    fd: number,
    ring: { at: Pointer },
    of: { name: string; index: number; hardware: number; linkType: number },
  ) {
    this.libc = libc;
    this.fd = fd;
    this.at = ring.at;
    this.name = of.name;
    this.index = of.index;
    this.linkType = of.linkType;
    this.isLoopback = of.hardware === hardwareTypes.loopback;
    this.blocks = Math.floor(kernelBufferBytes / ringBlockBytes);
    const memory = toArrayBuffer(ring.at, 0, this.blocks * ringBlockBytes);
    this.bytes = new Uint8Array(memory);
    this.words = new Int32Array(memory);
  }

  read(slot: RingSlot): ReadState {
    let used = slot.used;
    for (;;) {
      const start = this.block * ringBlockBytes;
      const at = start >> 2;
      if ((Atomics.load(this.words, at + 2) & 1) === 0) {
        slot.used = used;
        return this.problem === undefined ? "drained" : "ended";
      }
      const packets = this.words[at + 3]!;
      const length = Math.min(this.words[at + 5]!, ringBlockBytes);
      if (slot.count + packets > slot.offset.length || used + length > slot.bytes.length) {
        slot.used = used;
        return "full";
      }
      slot.bytes.set(this.bytes.subarray(start, start + length), used);
      this.takeRows(slot, start, packets, used);
      used += length;
      Atomics.store(this.words, at + 2, 0);
      this.block = (this.block + 1) % this.blocks;
    }
  }

  wait(timeoutMs: number): void {
    const happened = pollReadable(this.libc, this.fd, timeoutMs);
    if ((happened & pollBit.error) === 0) return;
    const error = new Int32Array(1);
    this.libc.getsockopt(this.fd, level.socket, option.error, error, new Uint32Array([4]));
    if (this.libc.if_nametoindex(toCString(this.name)) === this.index) return;
    // The kernel hands on the block it was filling after its time.
    pollReadable(this.libc, this.fd, 2 * kernelTimeoutMs);
    this.problem = `The interface ${this.name} went away; what came before counts.`;
  }

  /** struct tpacket_stats: packets, drops, since the last time. */
  dropped(): number {
    const counts = new Uint32Array(3);
    const read = this.libc.getsockopt(
      this.fd,
      level.packet,
      option.statistics,
      counts,
      new Uint32Array([12]),
    );
    if (read === 0) this.lost += counts[1]!;
    return this.lost;
  }

  close(): void {
    this.libc.munmap(this.at, this.blocks * ringBlockBytes);
    this.libc.close(this.fd);
  }

  /** Rows for the packets of the block at `start`, whose copy is at `used` in the slot. */
  private takeRows(slot: RingSlot, start: number, packets: number, used: number): void {
    const { words } = this;
    const { offset, captured, wire, seconds, nanos } = slot;
    let row = slot.count;
    let header = start + words[(start >> 2) + 4]!;
    for (let i = 0; i < packets; i++) {
      const at = header >> 2;
      const isEcho = this.isLoopback && ((words[at + 14]! >>> 16) & 0xff) === outgoing;
      if (!isEcho) {
        offset[row] = used + (header - start) + (words[at + 6]! & 0xffff);
        captured[row] = words[at + 3]!;
        wire[row] = words[at + 4]!;
        seconds[row] = words[at + 1]! >>> 0;
        nanos[row] = words[at + 2]!;
        if (words[at + 5]! & vlanValid)
          restoreVlan(slot, row, words[at + 5]!, words[at + 8]!, words[at + 9]!);
        row++;
      }
      header += words[at]!;
    }
    slot.count = row;
  }
}

/** Puts a VLAN tag back behind the two addresses, into the room that is kept before each packet. */
function restoreVlan(slot: RingSlot, row: number, status: number, tag: number, type: number): void {
  if (slot.captured[row]! < 12) return;
  const from = slot.offset[row]!;
  const { bytes } = slot;
  const etherType = status & vlanTypeValid ? type & 0xffff : 0x8100;
  bytes.copyWithin(from - vlanBytes, from, from + 12);
  bytes[from + 8] = etherType >> 8;
  bytes[from + 9] = etherType & 0xff;
  bytes[from + 10] = (tag >> 8) & 0xff;
  bytes[from + 11] = tag & 0xff;
  slot.offset[row] = from - vlanBytes;
  slot.captured[row]! += vlanBytes;
  slot.wire[row]! += vlanBytes;
}
