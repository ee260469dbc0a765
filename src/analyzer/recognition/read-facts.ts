/** What a recognised payload tells, by its application. */
import { application } from "./application-protocols.ts";
import { readDhcp } from "./dhcp.ts";
import { readDns } from "./dns.ts";
import type { Facts } from "./facts.ts";
import { readHttp } from "./http.ts";
import { readMqtt } from "./mqtt.ts";
import { readQuic } from "./quic.ts";
import { readRdp } from "./rdp.ts";
import { readSip } from "./sip.ts";
import { readSmb } from "./smb.ts";
import { readSnmp } from "./snmp.ts";
import { readSsh } from "./ssh.ts";
import { readTls } from "./tls.ts";

type Reader = (bytes: Uint8Array, start: number, end: number) => Facts;

const readers = new Map<number, Reader>([
  [application.dns, readDns],
  [application.mdns, readDns],
  [application.tls, readTls],
  [application.http, readHttp],
  [application.quic, readQuic],
  [application.ssh, readSsh],
  [application.dhcp, readDhcp],
  [application.smb, readSmb],
  [application.rdp, readRdp],
  [application.mqtt, readMqtt],
  [application.sip, readSip],
  [application.snmp, readSnmp],
]);

/**
 * Reads names and details out of `bytes[start .. end)`, which was recognised as `protocol`.
 * @param overTcp DNS has a length before it there
 * @returns undefined where the protocol tells nothing
 */
export function readFacts(
  protocol: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  overTcp: boolean,
): Facts | undefined {
  const from = overTcp && protocol === application.dns ? start + 2 : start;
  return readers.get(protocol)?.(bytes, from, end);
}
