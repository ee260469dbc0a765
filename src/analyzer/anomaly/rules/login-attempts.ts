/**
 * Logins tried one after the other: one client opens connection after connection to a service that lets
 * people in, or is refused again and again.
 *
 *     FTP      "530 …"     (RFC 959, section 4.2.1)
 *     POP3     "-ERR …"    (RFC 1939, section 3)
 *     SMTP     "535 …"     (RFC 4954, section 6)
 *
 * Only connections that the service accepted are counted: scans and floods are something else. Once a pair is
 * told, so are all its packets on that port until it has been quiet for a while.
 */
import { counted } from "../../../lib/counted.ts";
import type { DecodedColumns } from "../../packet/decoded-columns.ts";
import { Context } from "../features/context.ts";
import { hashWord } from "../features/hash-bytes.ts";
import type { PacketEnds, PacketRows } from "../features/packet-ends.ts";
import { loginPairs } from "./limits.ts";
import { destinationText, sourceText } from "./packet-text.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

/** FTP, SSH, Telnet, SMTP's submission, POP3, IMAP, rlogin, RDP, VNC, and the usual second ports. */
export const loginPorts: readonly number[] = [
  21, 22, 23, 110, 143, 513, 587, 993, 995, 2222, 2323, 3389, 5900,
];

const spanSeconds = 30;
/** Connections to one login service of late: one every two seconds. People open a few, scripts a dozen. */
const leastConnections = 15;
/** Refusals of late: people mistype twice or thrice. */
const leastRefusals = 5;
/** Seconds for which all packets of a pair are told. */
const holdSeconds = 10;

const sums = { connections: 0, refusals: 1 } as const;

export class LoginAttempts {
  private readonly pairs = new Context({ slots: loginPairs, sums: 2, sets: 0, timeConstant: spanSeconds });
  private readonly heldUntil = new Float64Array(loginPairs).fill(-Infinity);
  /** The client's port of the last connection: what is accepted twice was answered twice. */
  private readonly lastPort = new Uint16Array(loginPairs);
  private readonly told = { connections: 0, refusals: 0, isToService: false };

  get evicted(): number {
    return this.pairs.table.evicted;
  }

  /**
   * A segment to or from a login port.
   * @param isAccepted whether it has SYN and ACK
   */
  see(
    packets: PacketRows,
    columns: DecodedColumns,
    row: number,
    ends: PacketEnds,
    isToService: boolean,
    isAccepted: boolean,
    time: number,
  ): number {
    const { pairs, told } = this;
    const port = isToService ? columns.destinationPort[row]! : columns.sourcePort[row]!;
    const [client, service] = isToService
      ? [ends.sourceHigh, ends.destinationHigh]
      : [ends.destinationHigh, ends.sourceHigh];
    const high = hashWord(port, hashWord(client, service));
    const low = hashWord(high, client);
    const isRefused = !isToService && isRefusal(packets.bytes, columns, row, port);
    told.isToService = isToService;
    if (!isAccepted && !isRefused) {
      const slot = pairs.table.find(high, low);
      if (slot < 0 || !(time <= this.heldUntil[slot]!)) return 0;
      return this.tell(slot);
    }
    const slot = pairs.touch(high, low, time);
    if (pairs.table.isFresh) {
      this.heldUntil[slot] = -Infinity;
      this.lastPort[slot] = 0;
    }
    const clientPort = isToService ? columns.sourcePort[row]! : columns.destinationPort[row]!;
    if (isRefused) pairs.addTo(slot, sums.refusals, 1);
    else if (this.lastPort[slot] !== clientPort) pairs.addTo(slot, sums.connections, 1);
    if (isAccepted) this.lastPort[slot] = clientPort;
    const isMany =
      pairs.sum(slot, sums.connections) >= leastConnections ||
      pairs.sum(slot, sums.refusals) >= leastRefusals;
    if (isMany) this.heldUntil[slot] = time + holdSeconds;
    return time <= this.heldUntil[slot]! ? this.tell(slot) : 0;
  }

  describe(packets: PacketRows, columns: DecodedColumns, row: number): RuleReason {
    const { isToService } = this.told;
    const [connections, refusals] = [Math.round(this.told.connections), Math.round(this.told.refusals)];
    const service = (isToService ? destinationText : sourceText)(packets, columns, row);
    const port = isToService ? columns.destinationPort[row]! : columns.sourcePort[row]!;
    const text = `belongs to ${counted(connections, "connection")} to port ${port} of ${service} in ${spanSeconds} s, with ${counted(refusals, "login")} refused`;
    return ruleReason(ruleNumber.loginAttempts, Math.max(connections, refusals), "a few", text);
  }

  private tell(slot: number): number {
    this.told.connections = this.pairs.sum(slot, sums.connections);
    this.told.refusals = this.pairs.sum(slot, sums.refusals);
    return ruleNumber.loginAttempts;
  }
}

/** The replies that refuse a login, as numbers of four bytes: `530 `, `530-`, `-ERR`, `535 `. */
const refusals: Readonly<Record<number, readonly number[]>> = {
  21: [0x35333020, 0x3533302d],
  110: [0x2d455252],
  587: [0x35333520],
};

function isRefusal(bytes: Uint8Array, columns: DecodedColumns, row: number, port: number): boolean {
  const words = refusals[port];
  const start = columns.payloadStart[row]!;
  if (words === undefined || start + 4 > columns.payloadEnd[row]!) return false;
  const word =
    (bytes[start]! << 24) | (bytes[start + 1]! << 16) | (bytes[start + 2]! << 8) | bytes[start + 3]!;
  return words.includes(word);
}
