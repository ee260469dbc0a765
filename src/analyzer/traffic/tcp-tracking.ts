/**
 * What a TCP segment (RFC 9293, section 3.1) changes in the record of its flow: the handshake and its round trip,
 * the ends, and segments that come again or late.
 *
 *      0             2                  4          8                 12             14
 *     | source port | destination port | sequence | acknowledgement | words, flags | window | …
 */
import { flowBit, flowFloat, flowWord } from "./flow-record.ts";
import type { RecordTable } from "./record-table.ts";

const flag = { fin: 1, syn: 2, reset: 4, acknowledgement: 16 } as const;

/** A late segment that comes within this time of the ones after it was overtaken, not sent again. */
const overtakenSeconds = 0.003;

/**
 * Whether a segment begins another flow with the same addresses and ports: it asks for a connection, and with
 * another first number. One that asks again with the same number, also after a refusal, means the same.
 * @param at the word where the known flow's record begins
 * @param low whether the low end sent it
 */
export function beginsAgain(
  table: RecordTable,
  at: number,
  bytes: Uint8Array,
  header: number,
  low: boolean,
): boolean {
  const flags = bytes[header + 13]!;
  if ((flags & (flag.syn | flag.acknowledgement)) !== flag.syn) return false;
  const { words } = table;
  const state = words[at + flowWord.state]!;
  if ((state & (low ? flowBit.lowFirst : flowBit.highFirst)) === 0) return false;
  return words[at + (low ? flowWord.lowFirst : flowWord.highFirst)] !== uint32(bytes, header + 4);
}

/**
 * Takes a segment in.
 * @param length bytes of its payload on the wire
 * @param time seconds, or NaN
 */
export function trackSegment(
  table: RecordTable,
  at: number,
  bytes: Uint8Array,
  header: number,
  low: boolean,
  length: number,
  time: number,
): void {
  const { words } = table;
  const flags = bytes[header + 13]!;
  const sequence = uint32(bytes, header + 4);
  let state = words[at + flowWord.state]!;
  const shift = low ? 0 : 1;
  if ((state & (flowBit.lowFirst << shift)) === 0) {
    words[at + flowWord.lowFirst + shift] = flags & flag.syn ? sequence : sequence - 1;
    state |= flowBit.lowFirst << shift;
  }
  if (flags & flag.acknowledgement && (state & (flowBit.highFirst >> shift)) === 0) {
    words[at + flowWord.highFirst - shift] = uint32(bytes, header + 8) - 1;
    state |= flowBit.highFirst >> shift;
  }
  if (flags & flag.syn) state = takeSyn(table, at, state, flags, shift, time);
  else if (flags & flag.acknowledgement) state = takeAcknowledgement(table, at, state, shift, time);
  if (flags & flag.fin) state |= flowBit.lowFin << shift;
  if (flags & flag.reset) {
    state |= flowBit.reset;
    words[at + flowWord.resets]!++;
    words[at + flowWord.state] = state;
    return;
  }
  const taken = length + (flags & flag.syn ? 1 : 0) + (flags & flag.fin ? 1 : 0);
  words[at + flowWord.state] = takeSequence(table, at, state, sequence, taken, shift, time);
}

/** A SYN tells who began; the time of the last one before its answer counts. */
function takeSyn(
  table: RecordTable,
  at: number,
  before: number,
  flags: number,
  shift: number,
  time: number,
): number {
  const state = before | (flowBit.lowSyn << shift);
  const isAnswer = (flags & flag.acknowledgement) !== 0;
  if (isAnswer) {
    const fromHigh = shift === 0;
    return (fromHigh ? state | flowBit.fromHigh : state & ~flowBit.fromHigh) | flowBit.accepted;
  }
  if ((state & flowBit.accepted) === 0) table.floats[at / 2 + flowFloat.synTime] = time;
  // Where both ends ask at once, the first one began.
  if ((state & (flowBit.highSyn >> shift)) !== 0) return state;
  return shift === 1 ? state | flowBit.fromHigh : state & ~flowBit.fromHigh;
}

/** The acknowledgement that ends the handshake gives the round trip. */
function takeAcknowledgement(
  table: RecordTable,
  at: number,
  state: number,
  shift: number,
  time: number,
): number {
  if ((state & flowBit.established) !== 0 || (state & flowBit.accepted) === 0) return state;
  const fromBeginner = ((state & flowBit.fromHigh) !== 0) === (shift === 1);
  if (!fromBeginner) return state;
  if ((state & (flowBit.lowSyn << shift)) !== 0) {
    const roundTrip = time - table.floats[at / 2 + flowFloat.synTime]!;
    if (roundTrip > 0) table.floats[at / 2 + flowFloat.roundTrip] = roundTrip;
  }
  return state | flowBit.established;
}

function takeSequence(
  table: RecordTable,
  at: number,
  before: number,
  sequence: number,
  taken: number,
  shift: number,
  time: number,
): number {
  const { words, floats } = table;
  const place = at + flowWord.lowNext + shift;
  const known = (before & (flowBit.lowNext << shift)) !== 0;
  if (known && taken === 0) return before;
  const ahead = (sequence - words[place]!) | 0;
  if (!known || ahead >= 0) {
    words[place] = sequence + taken;
    floats[at / 2 + flowFloat.lowNew + shift] = time;
    const gap = known && ahead > 0 ? flowBit.lowGap << shift : 0;
    return before | (flowBit.lowNext << shift) | gap;
  }
  // One byte before the next is how an end asks whether the other is still there (RFC 9293, section 3.8.4).
  if (taken <= 1 && ahead === -1) return before;
  const since = time - floats[at / 2 + flowFloat.lowNew + shift]!;
  const patience = Math.max(floats[at / 2 + flowFloat.roundTrip]!, overtakenSeconds);
  if ((before & (flowBit.lowGap << shift)) !== 0 && since >= 0 && since < patience)
    words[at + flowWord.outOfOrder]!++;
  else words[at + flowWord.retransmissions]!++;
  if (((sequence + taken - words[place]!) | 0) > 0) words[place] = sequence + taken;
  return before;
}

function uint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
