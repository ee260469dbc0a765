/** The web: names looked up, then a few connections with TLS at once, each for a few answers. */
import { about, between, ephemeralPort, pick, randomBytes } from "../chance.ts";
import { dnsAnswer, dnsQuery, dnsType } from "../dns-message.ts";
import { udpFrame } from "../frames.ts";
import { TcpConversation } from "../tcp-conversation.ts";
import { clientHello, serverHello, tlsRecord } from "../tls-records.ts";
import { nowAndThen, popularSite, type Office, type Site, type Workstation } from "./office.ts";

/** A visit of two or three sites at once, as a page has parts of others. */
export function browse(office: Office, host: Workstation): void {
  nowAndThen(office, 26, (atUs) => {
    let lastUs = atUs;
    for (let i = between(office.random, 1, 3); i > 0; i--) {
      const site = popularSite(office);
      const knownUs = lookUp(office, host, site, lastUs);
      for (let j = between(office.random, 1, 2); j > 0; j--)
        lastUs = Math.max(lastUs, fetchFrom(office, host, site, knownUs + between(office.random, 0, 9000)));
    }
    return lastUs;
  });
}

/** @returns when the answer was there */
function lookUp({ random, emit, gateway }: Office, host: Workstation, site: Site, atUs: number): number {
  let doneUs = atUs;
  for (const type of [dnsType.a, dnsType.aaaa]) {
    const [id, port] = [random.below(65_536), ephemeralPort(random)];
    const query = dnsQuery(id, site.name, type);
    emit(atUs, udpFrame(host, port, gateway, 53, query, { id: random.below(65_536) }));
    const data = type === dnsType.a ? [addressData(site.station.ip)] : [];
    const answer = dnsAnswer({ id, name: site.name, type, seconds: between(random, 20, 300), data });
    doneUs = atUs + about(random, pick(random, [600, 600, 24_000]), 0.5);
    emit(doneUs, udpFrame(gateway, 53, host, port, answer));
  }
  return doneUs;
}

function fetchFrom({ random, emit }: Office, host: Workstation, site: Site, atUs: number): number {
  const ends = { client: host, clientPort: ephemeralPort(random), server: site.station, serverPort: 443 };
  const talk = new TcpConversation(random, emit, ends, atUs, site.roundTripUs).open();
  talk.send("client", clientHello(random, site.name));
  talk.send(
    "server",
    Buffer.concat([serverHello(random), tlsRecord(random, 23, between(random, 1800, 4200))]),
  );
  talk.send("client", Buffer.concat([Buffer.from("140303000101", "hex"), tlsRecord(random, 23, 53)]));
  for (let i = between(random, 1, 5); i > 0; i--) {
    talk.send("client", tlsRecord(random, 23, between(random, 90, 900)));
    talk.wait(about(random, 15_000, 0.9));
    // Most answers are small, a few are large.
    const length = Math.floor(400 * (1 / (1 - 0.995 * random.fraction())) ** 1.05);
    talk.send("server", tlsRecord(random, 23, Math.min(16_000, length)));
    if (random.below(4) === 0) talk.wait(about(random, 4_000_000, 0.9));
  }
  if (random.below(8) === 0) talk.reset("client");
  else talk.close(pick(random, ["client", "server"] as const));
  return talk.atUs;
}

/** What a program asks its service for in the background: the same small exchange each minute or so, as many do. */
export function keepInTouch({ random, emit, startUs, endUs, sites }: Office, host: Workstation): void {
  const site = pick(random, sites);
  const ends = { client: host, clientPort: ephemeralPort(random), server: site.station, serverPort: 443 };
  const talk = new TcpConversation(
    random,
    emit,
    ends,
    startUs + random.below(20_000_000),
    site.roundTripUs,
  ).open();
  talk.send("client", clientHello(random, site.name));
  talk.send("server", Buffer.concat([serverHello(random), tlsRecord(random, 23, 2600)]));
  while (talk.atUs < endUs) {
    talk.send("client", tlsRecord(random, 23, between(random, 30, 48)));
    talk.send("server", tlsRecord(random, 23, between(random, 26, 40)));
    talk.wait(about(random, 55_000_000, 0.08));
  }
}

function addressData(ip: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(ip);
  return bytes;
}

/** A call with sound and picture over UDP: both ways 50 packets of sound and 40 of picture a second. */
export function videoCall(
  { random, emit }: Office,
  host: Workstation,
  site: Site,
  atUs: number,
  seconds: number,
): void {
  const ports = [ephemeralPort(random), 3478] as const;
  for (const [kind, perSecond] of [
    [111, 50],
    [96, 40],
  ] as const) {
    for (const isOut of [true, false]) {
      const source = random.bits() >>> 0;
      let sequence = random.below(65_536);
      for (let t = atUs; t < atUs + seconds * 1e6; t += about(random, 1e6 / perSecond, 0.1)) {
        const length = kind === 111 ? between(random, 70, 130) : between(random, 500, 1150);
        const packet = Buffer.concat([Buffer.alloc(12), randomBytes(random, length)]);
        packet.set([0x80, kind]);
        packet.writeUInt16BE(sequence++ & 0xffff, 2);
        packet.writeUInt32BE(Math.floor((t - atUs) * 0.048), 4);
        packet.writeUInt32BE(source, 8);
        const [own, other] = isOut ? [host, site.station] : [site.station, host];
        const [from, to] = isOut ? ports : [ports[1], ports[0]];
        emit(t, udpFrame(own, from, other, to, packet, { id: random.below(65_536) }));
      }
    }
  }
}
