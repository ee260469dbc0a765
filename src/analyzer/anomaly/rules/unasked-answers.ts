/**
 * Answers that nobody asked for: someone asks in the name of the victim, and servers send it answers larger
 * than the questions (Rossow 2014, "Amplification Hell"; RFC 5358 for DNS).
 *
 *     attacker ──question, "from" the victim──> server ──answer──> victim
 *
 * A question is remembered by who asked whom on which port; one to a group or to everyone by who asked on
 * which port. What comes from such a port and answers none of them is counted for its receiver. It is told
 * when a dozen came of late that are large, or when they come from many servers: a tap that sees one direction
 * only also sees answers without questions, but small ones of the few servers that a host asks.
 *
 * The questions too, where they can be seen: those that ask for as much as there is (DNS type ANY, RFC 8482;
 * the monitor list of NTP; SNMP's GetBulk), more often than anyone would by himself.
 */
import { counted } from "../../../lib/counted.ts";
import type { DecodedColumns } from "../../packet/decoded-columns.ts";
import { Context } from "../features/context.ts";
import { hashWord } from "../features/hash-bytes.ts";
import type { PacketEnds, PacketRows } from "../features/packet-ends.ts";
import { KeySet } from "./key-set.ts";
import { answeredHosts, rememberedQuestions } from "./limits.ts";
import { ruleNumber } from "./rule-list.ts";
import { ruleReason, type RuleReason } from "./rule-reason.ts";

/** UDP services that answer with more than they are asked with, to anyone. */
export const amplifierPorts: readonly number[] = [
  7, 17, 19, 53, 69, 111, 123, 137, 161, 177, 389, 427, 464, 500, 520, 623, 1194, 1434, 1604, 1900, 3283,
  3389, 3478, 3702, 5060, 5093, 5351, 5683, 6881, 10001, 10074, 11211, 17185, 27015, 30120, 33848, 37810,
];

const spanSeconds = 10;
/** Unasked answers of late from which on they are told, where they carry much on average or come from many. */
const leastAnswers = 12;
const largeAnswerBytes = 512;
const manyServers = 20;
/** Seconds for which all further answers are told. */
const holdSeconds = 5;
/** Questions for huge answers of late, of one sender. */
const leastQuestions = 20;

const sums = { answers: 0, bytes: 1 } as const;
const questionSums = { questions: 0 } as const;

export class UnaskedAnswers {
  private readonly questions = new KeySet(rememberedQuestions);
  private readonly reflectors = new KeySet(answeredHosts);
  private readonly receivers = new Context({
    slots: answeredHosts,
    sums: 2,
    sets: 1,
    timeConstant: spanSeconds,
  });
  private readonly askers = new Context({
    slots: answeredHosts,
    sums: 1,
    sets: 0,
    timeConstant: spanSeconds,
  });
  private readonly heldUntil = new Float64Array(answeredHosts).fill(-Infinity);
  /** Until when any receiver is held: later fragments need no look otherwise. */
  private anyUntil = -Infinity;
  private readonly told = { answers: 0, servers: 0, bytes: 0, questions: 0 };

  get evicted(): number {
    return this.receivers.table.evicted + this.askers.table.evicted;
  }

  /** A datagram to one of these ports. */
  seeQuestion(
    packets: PacketRows,
    columns: DecodedColumns,
    row: number,
    ends: PacketEnds,
    time: number,
  ): number {
    const { bytes } = packets;
    const port = columns.destinationPort[row]!;
    const isToMany = goesToMany(bytes, columns, row);
    const asked = isToMany ? port : hashWord(ends.destinationHigh, port);
    this.questions.add(hashWord(ends.sourceHigh, asked));
    const start = columns.payloadStart[row]!;
    if (isToMany || !asksForMuch(bytes, start, columns.payloadEnd[row]!, port)) return 0;
    const slot = this.askers.touch(ends.sourceHigh, ends.sourceLow, time);
    this.askers.addTo(slot, questionSums.questions, 1);
    this.told.questions = this.askers.sum(slot, questionSums.questions);
    return this.told.questions >= leastQuestions ? ruleNumber.amplifierRequest : 0;
  }

  /** A datagram from one of these ports. */
  seeAnswer(
    packets: PacketRows,
    columns: DecodedColumns,
    row: number,
    ends: PacketEnds,
    time: number,
  ): number {
    const port = columns.sourcePort[row]!;
    if (goesToMany(packets.bytes, columns, row)) return 0;
    if (this.questions.has(hashWord(ends.destinationHigh, hashWord(ends.sourceHigh, port)))) return 0;
    if (this.questions.has(hashWord(ends.destinationHigh, port))) return 0;
    const { receivers, told } = this;
    const slot = receivers.touch(ends.destinationHigh, ends.destinationLow, time);
    if (receivers.table.isFresh) this.heldUntil[slot] = -Infinity;
    receivers.addTo(slot, sums.answers, 1);
    receivers.addTo(slot, sums.bytes, packets.wire[row]!);
    receivers.note(slot, 0, ends.sourceHigh, time);
    told.answers = receivers.sum(slot, sums.answers);
    told.bytes = receivers.sum(slot, sums.bytes) / told.answers;
    told.servers = receivers.different(slot, 0, time);
    const isLoud =
      told.answers >= leastAnswers && (told.bytes >= largeAnswerBytes || told.servers >= manyServers);
    if (isLoud) {
      this.heldUntil[slot] = time + holdSeconds;
      this.anyUntil = Math.max(this.anyUntil, time + holdSeconds);
    }
    if (!(time <= this.heldUntil[slot]!)) return 0;
    this.reflectors.add(hashWord(ends.sourceHigh, ends.destinationHigh));
    return ruleNumber.amplification;
  }

  /** A later fragment, which has no ports: of such an answer, if its sender sends them to that receiver. */
  seeFragment(ends: PacketEnds, time: number): number {
    if (!(time <= this.anyUntil)) return 0;
    const isOf = this.reflectors.has(hashWord(ends.sourceHigh, ends.destinationHigh));
    return isOf ? ruleNumber.amplification : 0;
  }

  describe(number: number): RuleReason {
    const { answers, servers, bytes, questions } = this.told;
    if (number === ruleNumber.amplifierRequest) {
      const count = Math.round(questions);
      return ruleReason(
        number,
        count,
        "0 or 1",
        `asked ${counted(count, "time")} in ${spanSeconds} s for the largest of answers`,
      );
    }
    const [count, from] = [Math.round(answers), Math.max(1, Math.round(servers))];
    const text = `is among ${counted(count, "answer")} of about ${counted(Math.round(bytes), "byte")} from about ${counted(from, "server")} in ${spanSeconds} s to a host that asked none of them`;
    return ruleReason(number, count, 0, text);
  }
}

/** Whether the destination is a group or everyone. */
function goesToMany(bytes: Uint8Array, columns: DecodedColumns, row: number): boolean {
  const network = columns.networkStart[row]!;
  if (columns.networkVersion[row] === 6) return bytes[network + 24] === 0xff;
  // 224.0.0.0/4, 255.255.255.255, and what is everyone's in most networks.
  return bytes[network + 16]! >= 224 || bytes[network + 19] === 0xff;
}

const [dnsPort, ntpPort, snmpPort] = [53, 123, 161];
const typeAny = 255;
const getBulk = 0xa5;
const monitorLists = new Set([16, 20, 42]);

function asksForMuch(bytes: Uint8Array, start: number, end: number, port: number): boolean {
  if (port === dnsPort) return asksForAny(bytes, start, end);
  // Mode 7, and the request code (RFC 1305, appendix B, as ntpd has it).
  if (port === ntpPort)
    return start + 8 <= end && (bytes[start]! & 7) === 7 && monitorLists.has(bytes[start + 3]!);
  if (port !== snmpPort || start + 8 > end || bytes[start + 5] !== 4 || bytes[start + 6] === undefined)
    return false;
  const request = start + 7 + bytes[start + 6]!;
  return request < end && bytes[request] === getBulk;
}

/** Whether the first question of a DNS message is of type ANY. */
function asksForAny(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 12 > end || (bytes[start + 2]! & 0x80) !== 0) return false;
  let at = start + 12;
  while (at < end && bytes[at]! !== 0) {
    if (bytes[at]! > 63) return false;
    at += bytes[at]! + 1;
  }
  return at + 3 <= end && ((bytes[at + 1]! << 8) | bytes[at + 2]!) === typeAny;
}
