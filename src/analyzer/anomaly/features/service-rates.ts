/**
 * How many packets two hosts usually exchange for a service: a mean and a mean deviation of the number's
 * logarithm, for each transport and port. A pair counts once a window, however many packets it has, so that a
 * flood does not become what is usual. Services share a place where their hashes do.
 */
import { hashWord } from "./hash-bytes.ts";
import { serviceRecords } from "./limits.ts";

const stride = 4;
/** Windows of pairs before numbers are compared. */
const fewWindows = 6;
/** What a new window weighs at least. */
const leastWeight = 1 / 32;
/** Factors of e that are no deviation. */
const slack = 0.5;

export class ServiceRates {
  private readonly services = new Float64Array(serviceRecords * stride);

  /** Takes in what a pair sent within a window. @param log of the number of packets and one */
  learn(transport: number, port: number, log: number): void {
    const { services } = this;
    const at = placeOf(transport, port);
    const windows = services[at]! + 1;
    services[at] = windows;
    const weight = Math.max(leastWeight, 1 / windows);
    const off = log - services[at + 1]!;
    services[at + 1]! += weight * off;
    services[at + 2]! += weight * ((windows === 1 ? 0 : Math.abs(off)) - services[at + 2]!);
  }

  /** How many times the usual deviation a pair's number is above what is usual; 0 where that is not known. */
  excess(transport: number, port: number, log: number): number {
    const { services } = this;
    const at = placeOf(transport, port);
    if (services[at]! < fewWindows) return 0;
    return Math.max(0, (log - services[at + 1]!) / (services[at + 2]! + slack));
  }
}

function placeOf(transport: number, port: number): number {
  return (hashWord((transport << 16) | port, 1) & (serviceRecords - 1)) * stride;
}
