/** What machines say by themselves: where is whom, what time is it, may I keep my address, who offers what. */
import { about, between, ephemeralPort, pick, randomBytes } from "../chance.ts";
import { dhcpFrame, dhcpKind } from "../dhcp-message.ts";
import { dnsAnswer, dnsName, dnsQuery, dnsType } from "../dns-message.ts";
import { arpFrame, broadcastMac, udpFrame, type Station } from "../frames.ts";
import {
  advertisement,
  allNodes,
  linkLayerOption,
  linkLocal,
  multicastMac,
  neighbourFrame,
  solicitation,
} from "../ipv6-frames.ts";
import { nowAndThen, type Office, type Workstation } from "./office.ts";

const lanUs = 300;

export function askWhereOthersAre(office: Office, host: Workstation): void {
  const { random, emit, gateway, fileServer, printers, workstations } = office;
  nowAndThen(office, 40, (atUs) => {
    const target = pick(random, [
      gateway,
      gateway,
      fileServer,
      pick(random, printers),
      pick(random, workstations),
    ]);
    if (target.ip === host.ip) return;
    // A neighbour that is known is asked alone, to see whether it is still there.
    const isKnown = random.below(3) > 0;
    const asked = {
      senderMac: host.mac,
      senderIp: host.ip,
      targetMac: isKnown ? target.mac : 0,
      targetIp: target.ip,
    };
    emit(atUs, arpFrame(isKnown ? target.mac : broadcastMac, { operation: 1, ...asked }));
    const answer = { senderMac: target.mac, senderIp: target.ip, targetMac: host.mac, targetIp: host.ip };
    emit(atUs + about(random, lanUs, 0.6), arpFrame(host.mac, { operation: 2, ...answer }));
  });
}

export function findNeighbours(office: Office, host: Workstation): void {
  const { random, emit, gateway, workstations } = office;
  nowAndThen(office, 60, (atUs) => {
    const target: Station = pick(random, [gateway, gateway, pick(random, workstations)]);
    if (target.mac === host.mac) return;
    const own = linkLocal(host.mac);
    emit(atUs, solicitation(host.mac, own, linkLocal(target.mac)));
    const answer = advertisement(target.mac, linkLocal(target.mac), { mac: host.mac, address: own });
    emit(atUs + about(random, lanUs, 0.6), answer);
  });
}

const routerEveryUs = 200_000_000;

export function announceRouter({ random, emit, gateway, startUs, endUs }: Office): void {
  const body = Buffer.concat([
    Buffer.from("400007080000000000000000", "hex"),
    Buffer.from("030440c000278d0000093a80000000002001067c0a280040", "hex"),
    Buffer.alloc(8),
    linkLayerOption(1, gateway.mac),
  ]);
  const ends = {
    toMac: multicastMac(allNodes),
    fromMac: gateway.mac,
    source: linkLocal(gateway.mac),
    destination: allNodes,
  };
  for (let atUs = startUs + random.below(60_000_000); atUs < endUs; atUs += about(random, routerEveryUs, 0.3))
    emit(atUs, neighbourFrame(ends, 134, body));
}

export function askTheTime(office: Office, host: Workstation): void {
  const { random, emit, sites } = office;
  const { station, roundTripUs } = pick(random, sites);
  nowAndThen(office, 300, (atUs) => {
    const port = random.below(2) === 0 ? 123 : ephemeralPort(random);
    const packet = (first: number) =>
      Buffer.concat([Buffer.from([first, 2, 6, 0xe9]), randomBytes(random, 44)]);
    emit(atUs, udpFrame(host, port, station, 123, packet(0x23)));
    emit(atUs + about(random, roundTripUs, 0.1), udpFrame(station, 123, host, port, packet(0x24)));
  });
}

/** Half a day is the usual lease, so few renew in one hour; those who come anew ask everybody. */
export function renewAddresses(office: Office): void {
  const { random, emit, gateway, workstations } = office;
  nowAndThen(office, 45, (atUs) => {
    const host = pick(random, workstations);
    const fields = {
      transaction: random.bits() >>> 0,
      client: host.mac,
      hostName: host.name,
      server: gateway,
    };
    const all = { ...fields, given: host.ip };
    if (random.below(4) > 0) {
      emit(atUs, dhcpFrame({ ...all, kind: dhcpKind.request, renewing: host }));
      emit(atUs + about(random, 2000, 0.5), dhcpFrame({ ...all, kind: dhcpKind.ack, renewing: host }));
      return;
    }
    emit(atUs, dhcpFrame({ ...fields, kind: dhcpKind.discover, given: 0 }));
    emit(atUs + 1200, dhcpFrame({ ...all, kind: dhcpKind.offer }));
    emit(atUs + 2100, dhcpFrame({ ...all, kind: dhcpKind.request }));
    emit(atUs + 4000, dhcpFrame({ ...all, kind: dhcpKind.ack }));
  });
}

const mdnsGroup: Station = { mac: 0x01005e0000fb, ip: 0xe00000fb, ttl: 255, pads: true };
const ssdpGroup: Station = { mac: 0x01005e7ffffa, ip: 0xeffffffa, ttl: 4, pads: true };
const serviceKinds = ["_ipp._tcp.local", "_airplay._tcp.local", "_googlecast._tcp.local", "_smb._tcp.local"];

export function lookForServices(office: Office, host: Workstation): void {
  const { random, emit, printers } = office;
  nowAndThen(office, 90, (atUs) => {
    const kind = pick(random, serviceKinds);
    const asked = dnsQuery(0, kind, dnsType.ptr, 0);
    emit(atUs, udpFrame({ ...host, ttl: 255 }, 5353, mdnsGroup, 5353, asked));
    if (kind === serviceKinds[0]) {
      const data = [dnsName(`Printer ${between(random, 1, 2)}.${kind}`)];
      const answer = dnsAnswer({ id: 0, name: kind, type: dnsType.ptr, seconds: 4500, data, flags: 0x8400 });
      emit(
        atUs + about(random, 70_000, 0.7),
        udpFrame(pick(random, printers), 5353, mdnsGroup, 5353, answer),
      );
    }
    if (random.below(3) > 0) return;
    const search = Buffer.from(
      'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: urn:dial-multiscreen-org:service:dial:1\r\n\r\n',
    );
    const port = ephemeralPort(random);
    for (let i = 0; i < 4; i++)
      emit(atUs + (i + 1) * 1_000_000, udpFrame({ ...host, ttl: 1 }, port, ssdpGroup, 1900, search));
  });
}
