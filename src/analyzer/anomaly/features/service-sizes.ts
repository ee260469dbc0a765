/**
 * What sizes packets of a service usually have: a mean and a mean deviation of the size's binary logarithm,
 * for each transport, port and direction. Services share a place where their hashes do.
 */
import { hashWord } from "./hash-bytes.ts";
import { serviceRecords } from "./limits.ts";

const stride = 4;
/** Packets before sizes are compared. */
const fewPackets = 16;
/** What a new size weighs at least. */
const leastWeight = 1 / 64;
/** Doublings that are no deviation. */
const slack = 0.25;

/** Binary logarithms of small numbers: most packets. */
const logs = Float64Array.from({ length: 2048 }, (_, size) => Math.log2(size + 1));

export class ServiceSizes {
  private readonly services = new Float64Array(serviceRecords * stride);

  /**
   * Takes a packet in.
   * @param port of the service, and `toService` whether it is sent there
   * @returns how many times the usual deviation its size is off
   */
  deviation(transport: number, port: number, toService: boolean, size: number): number {
    const { services } = this;
    const hash = hashWord((transport << 17) | (port << 1) | Number(toService), 0);
    const at = (hash & (serviceRecords - 1)) * stride;
    const log = size < logs.length ? logs[size]! : Math.log2(size + 1);
    const packets = services[at]! + 1;
    services[at] = packets;
    const weight = packets < 1 / leastWeight ? 1 / packets : leastWeight;
    const off = log - services[at + 1]!;
    const distance = Math.abs(off);
    const usual = services[at + 2]!;
    services[at + 1]! += weight * off;
    services[at + 2] = usual + weight * ((packets === 1 ? 0 : distance) - usual);
    return packets < fewPackets ? 0 : distance / (usual + slack);
  }
}
