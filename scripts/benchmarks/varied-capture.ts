/**
 * A large capture of real traffic: ../shared/captures/mix again and again, each pass later than the one before
 * and between other addresses, so that its flows are others too. A program of its own, because whoever it starts
 * would inherit the peak of its memory:
 *
 *   varied-capture.ts SOURCE TARGET PACKETS
 */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const fileHeaderBytes = 24;
const packetHeaderBytes = 16;
const ethernetBytes = 14;

/** Writes `packets` packets to `path`, from the microsecond pcap file of Ethernet packets at `source`. */
function writeVariedCapture(source: string, path: string, packets: number): void {
  const original = gunzipSync(readFileSync(source));
  const file = openSync(path, "w");
  writeSync(file, original.subarray(0, fileHeaderBytes));
  const places = packetPlaces(original);
  const view = new DataView(original.buffer, original.byteOffset, original.length);
  const passSeconds = view.getUint32(places.at(-1)!, true) - view.getUint32(places[0]!, true) + 1;
  let left = packets;
  for (let pass = 0; left > 0; pass++) {
    const count = Math.min(left, places.length);
    const bytes = Buffer.from(
      original.subarray(fileHeaderBytes, count === places.length ? undefined : places[count]!),
    );
    const varied = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < count; i++) {
      const at = places[i]! - fileHeaderBytes;
      varied.setUint32(at, varied.getUint32(at, true) + pass * passSeconds, true);
      varyAddresses(bytes, at + packetHeaderBytes, varied.getUint32(at + 8, true), pass);
    }
    writeSync(file, bytes);
    left -= count;
  }
  closeSync(file);
}

function packetPlaces(capture: Buffer): number[] {
  const places: number[] = [];
  let at = fileHeaderBytes;
  while (at + packetHeaderBytes <= capture.length) {
    places.push(at);
    at += packetHeaderBytes + capture.readUInt32LE(at + 8);
  }
  return places;
}

/** Changes the last byte of both addresses of IPv4, and of IPv6. */
function varyAddresses(bytes: Buffer, packet: number, length: number, pass: number): void {
  if (length < ethernetBytes + 40) return;
  const type = bytes.readUInt16BE(packet + 12);
  const ip = packet + ethernetBytes;
  const [source, destination] = type === 0x0800 ? [15, 19] : type === 0x86dd ? [23, 39] : [-1, -1];
  if (source < 0) return;
  bytes[ip + source]! ^= pass & 255;
  bytes[ip + destination]! ^= pass & 255;
}

const [source, target, packets] = process.argv.slice(2);
writeVariedCapture(source!, target!, Number(packets));
