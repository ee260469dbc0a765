/** Misuse of DNS: as a tunnel, and against the servers that must look up names that do not exist. */
import type { Attack } from "../attack.ts";
import { about, between, ephemeralPort, gap, pick, randomBytes, randomText } from "../chance.ts";
import { dnsAnswer, dnsQuery, dnsType, txtData } from "../dns-message.ts";
import { udpFrame } from "../frames.ts";

const base32 = "abcdefghijklmnopqrstuvwxyz234567";
const resolver = 0x08080808;

/** Data leaves in the labels of names under one domain and comes back in TXT, as iodine and dnscat2 do. */
export const dnsTunnel: Attack = ({ random, cast, emit }) => {
  const client = cast.host();
  const server = cast.outsider(client, resolver);
  const domain = `${randomText(random, 2)}.${randomText(random, 9)}.net`;
  const port = ephemeralPort(random);
  return (atUs) => {
    const labels = [63, 63, between(random, 20, 60)].map((length) => randomText(random, length, base32));
    const name = `${labels.join(".")}.${domain}`;
    const id = random.below(65_536);
    emit(
      atUs,
      udpFrame(client, port, server, 53, dnsQuery(id, name, dnsType.txt), { id: random.below(65_536) }),
    );
    const data = txtData(randomBytes(random, between(random, 60, 220)));
    const answer = dnsAnswer({ id, name, type: dnsType.txt, seconds: 0, data: [data] });
    const answeredUs = atUs + about(random, 32_000, 0.3);
    emit(answeredUs, udpFrame(server, 53, client, port, answer, { id: random.below(65_536) }));
    return gap(random, 60_000);
  };
};

/** Names made up by chance under one domain from very many clients; the server tells that there are none. */
export const dnsRandomSubdomains: Attack = ({ random, cast, emit }) => {
  const server = cast.host();
  const domain = `${randomText(random, 8)}.com`;
  return (atUs) => {
    const client = cast.outsider(server);
    const port = between(random, 1024, 65_535);
    const name = `${randomText(random, between(random, 8, 16))}.${domain}`;
    const id = random.below(65_536);
    const type = pick(random, [dnsType.a, dnsType.a, dnsType.aaaa]);
    emit(atUs, udpFrame(client, port, server, 53, dnsQuery(id, name, type), { id: random.below(65_536) }));
    const failure = pick(random, [2, 3, 3, 3]);
    const answer = dnsAnswer({ id, name, type, seconds: 0, data: [], failure });
    const answeredUs = atUs + about(random, 8000, 0.9);
    if (random.below(5) > 0) emit(answeredUs, udpFrame(server, 53, client, port, answer, { id: 0 }));
    return gap(random, 5000);
  };
};
