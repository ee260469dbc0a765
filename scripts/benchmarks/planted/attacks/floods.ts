/**
 * Floods of small packets that want a host or its line to be busy. What the victim answers belongs to the
 * attack; it does so as Linux does, with ICMP errors about once a second.
 */
import type { Attack, Scene } from "../attack.ts";
import { about, between, ephemeralPort, gap, outsideIp, pick, randomBytes } from "../chance.ts";
import {
  icmpMessage,
  ipv4Frame,
  portUnreachable,
  tcpFlag,
  tcpFrame,
  udpFrame,
  type Station,
} from "../frames.ts";
import type { Host } from "../lan.ts";

const { syn, rst, ack } = tcpFlag;
const answerUs = 300;
const errorEveryUs = 1_000_000;
const synOptions = Buffer.from("020405b4", "hex");

/** One source, one length, one port after another. */
export const udpFlood: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const source = cast.outsider(victim);
  const port = ephemeralPort(random);
  const length = pick(random, [64, 512, 1024]);
  const answer = limitedErrors(victim, source, emit);
  return (atUs) => {
    const payload = randomBytes(random, length);
    const id = { id: random.below(65_536) };
    const frame = udpFrame(source, port, victim, between(random, 1, 65_535), payload, id);
    emit(atUs, frame);
    answer(atUs, frame);
    return gap(random, 2500);
  };
};

/** Another source each time, all to one port, of any length. */
export const udpFloodSpoofed: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const port = pick(random, [53, 80, 443, 27_015]);
  return (atUs) => {
    const payload = randomBytes(random, between(random, 18, 900));
    const from = between(random, 1024, 65_535);
    emit(atUs, udpFrame(cast.outsider(victim), from, victim, port, payload, { id: random.below(65_536) }));
    return gap(random, 2000);
  };
};

/** `ping -f` by a neighbour, and the answers. */
export const icmpFlood: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const source = cast.neighbour(victim);
  const identifier = random.below(65_536);
  const payload = randomBytes(random, pick(random, [56, 512, 1400]));
  let sequence = 0;
  return (atUs) => {
    const rest = identifier * 65_536 + (++sequence & 0xffff);
    emit(atUs, ipv4Frame(source, victim, 1, icmpMessage(8, 0, rest, payload)));
    const answer = ipv4Frame(victim, source, 1, icmpMessage(0, 0, rest, payload), { id: sequence & 0xffff });
    emit(atUs + about(random, answerUs, 0.5), answer);
    return about(random, 2000, 0.3);
  };
};

/** SYN out of one network of 256 addresses, as from a rented botnet; every one is answered, none goes on. */
export const synFloodOfOneNetwork: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const network = outsideIp(random) & ~255;
  const port = pick(random, [22, 80, 443]);
  const sources = Array.from({ length: 254 }, (_, i) => cast.outsider(victim, (network + 1 + i) >>> 0));
  return (atUs) => {
    const source = pick(random, sources);
    const from = between(random, 1024, 65_535);
    const seq = random.bits() >>> 0;
    const id = { id: random.below(65_536) };
    emit(
      atUs,
      tcpFrame(source, from, victim, port, { flags: syn, seq, window: 64_240, options: synOptions }, id),
    );
    const answer = {
      flags: syn | ack,
      seq: random.bits(),
      ack: seq + 1,
      window: 65_160,
      options: synOptions,
    };
    emit(atUs + about(random, answerUs, 0.5), tcpFrame(victim, port, source, from, answer));
    return gap(random, 3000);
  };
};

/** Resets with guessed sequence numbers, as if one peer wished to end all connections of the victim. */
export const rstFlood: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const source = cast.outsider(victim);
  return (atUs) => {
    const fields = { flags: rst, seq: random.bits() };
    const id = { id: random.below(65_536) };
    emit(atUs, tcpFrame(source, 443, victim, ephemeralPort(random), fields, id));
    return gap(random, 2500);
  };
};

/** Acknowledgements of nothing from many sources, which the victim refuses. */
export const ackFlood: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const port = pick(random, [80, 443, 8080]);
  return (atUs) => {
    const source = cast.outsider(victim);
    const from = between(random, 1024, 65_535);
    const number = random.bits();
    const fields = { flags: ack, seq: random.bits(), ack: number, window: between(random, 200, 65_535) };
    emit(atUs, tcpFrame(source, from, victim, port, fields, { id: random.below(65_536) }));
    const refusal = tcpFrame(victim, port, source, from, { flags: rst, seq: number });
    if (random.below(3) > 0) emit(atUs + about(random, answerUs, 0.5), refusal);
    return gap(random, 3000);
  };
};

/** Echo requests in the victim's name to all of its network, which answer to it. */
export const smurf: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const others: Host[] = cast.neighbours(victim).slice(0, 20);
  while (others.length < 6) others.push(cast.newcomer(victim));
  const everybody: Station = { ...victim, mac: 0xffffffffffff, ip: (victim.ip | 255) >>> 0 };
  const claimed: Station = { ...victim, mac: victim.gatewayMac, ttl: 52 };
  const payload = randomBytes(random, 56);
  let sequence = 0;
  return (atUs) => {
    const rest = ++sequence & 0xffff;
    emit(atUs, ipv4Frame(claimed, everybody, 1, icmpMessage(8, 0, rest, payload), { id: rest }));
    for (const other of others) {
      const answer = ipv4Frame(other, victim, 1, icmpMessage(0, 0, rest, payload), {
        id: random.below(65_536),
      });
      emit(atUs + about(random, answerUs * 2, 0.9), answer);
    }
    return gap(random, 20_000);
  };
};

function limitedErrors(victim: Host, source: Station, emit: Scene["emit"]) {
  let nextUs = 0;
  return (atUs: number, refused: Buffer) => {
    if (atUs < nextUs) return;
    nextUs = atUs + errorEveryUs;
    emit(atUs + answerUs, portUnreachable(refused, victim, source));
  };
}
