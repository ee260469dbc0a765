/**
 * Which application a payload belongs to: by its content, and where that says nothing by the well-known port.
 * Pure and without allocation: it runs for the first payloads of every flow.
 */
import { application } from "./application-protocols.ts";
import { isDhcp } from "./dhcp.ts";
import { isDnsMessage, isDnsStream } from "./dns.ts";
import { isHttp } from "./http.ts";
import { isMqtt } from "./mqtt.ts";
import { isNtp } from "./ntp.ts";
import { frameKindAt } from "./pcs-frames.ts";
import { isQuic } from "./quic.ts";
import { isRdp } from "./rdp.ts";
import { isSip } from "./sip.ts";
import { isNetbiosSession, isSmb } from "./smb.ts";
import { isSnmp } from "./snmp.ts";
import { isSshBanner } from "./ssh.ts";
import { isSyslog } from "./syslog.ts";
import { isSsl2Hello, isTlsRecord } from "./tls.ts";

/**
 * Recognises a TCP segment's payload by its content.
 * @param a one port, and `b` the other, in any order
 * @returns a number out of `application`
 */
export function recogniseSegment(
  bytes: Uint8Array,
  start: number,
  end: number,
  a: number,
  b: number,
): number {
  const first = bytes[start]!;
  if (first >= 0x14 && first <= 0x18 && isTlsRecord(bytes, start, end)) return application.tls;
  if (first >= 0x41 && first <= 0x5a) {
    if (isHttp(bytes, start, end)) return application.http;
    if (first === 0x53 && isSshBanner(bytes, start, end)) return application.ssh;
    if (isSip(bytes, start, end)) return application.sip;
  }
  if (first === 0) {
    if (isSmb(bytes, start, end)) return application.smb;
    if (frameKindAt(bytes, start, end, false) !== undefined) return application.pcs;
  }
  if (first === 3 && isRdp(bytes, start, end, a === 3389 || b === 3389)) return application.rdp;
  if (first >= 0x80 && isSsl2Hello(bytes, start, end)) return application.tls;
  if (isMqtt(bytes, start, end, a === 1883 || b === 1883)) return application.mqtt;
  if (isDnsStream(bytes, start, end, a !== 53 && b !== 53)) return application.dns;
  const onNetbios = a === 139 || b === 139;
  if (onNetbios && isNetbiosSession(bytes, start, end)) return application.smb;
  const onSyslog = a === 601 || b === 601;
  return onSyslog && isSyslog(bytes, start, end) ? application.syslog : application.none;
}

/** The application whose port a TCP flow uses: for what is not recognised, such as a flow seen from its middle on. */
export function applicationOfPort(port: number): number {
  switch (port) {
    case 443:
      return application.tls;
    case 80:
    case 8080:
      return application.http;
    case 22:
      return application.ssh;
    case 53:
      return application.dns;
    case 445:
      return application.smb;
    default:
      return application.none;
  }
}

/** Recognises a UDP datagram's payload by its content; its ports tell those apart that look alike. */
export function recogniseDatagram(
  bytes: Uint8Array,
  start: number,
  end: number,
  a: number,
  b: number,
): number {
  const low = a < b ? a : b;
  const high = a < b ? b : a;
  switch (low) {
    case 53:
      if (isDnsMessage(bytes, start, end, false)) return application.dns;
      break;
    case 67:
    case 68:
      if (isDhcp(bytes, start, end, true)) return application.dhcp;
      break;
    case 123:
      if (isNtp(bytes, start, end)) return application.ntp;
      break;
    case 514:
      if (isSyslog(bytes, start, end)) return application.syslog;
      break;
    default:
  }
  if (a === 5353 || b === 5353) {
    if (isDnsMessage(bytes, start, end, false)) return application.mdns;
  }
  if (high === 53 && isDnsMessage(bytes, start, end, false)) return application.dns;
  if (high === 123 && isNtp(bytes, start, end)) return application.ntp;
  if (high === 514 && isSyslog(bytes, start, end)) return application.syslog;
  return byContent(bytes, start, end, low, high);
}

function byContent(bytes: Uint8Array, start: number, end: number, low: number, high: number): number {
  const first = bytes[start]!;
  if (first >= 0x80 && isQuic(bytes, start, end)) return application.quic;
  if (first === 0x30 && isSnmp(bytes, start, end)) return application.snmp;
  if (first >= 0x41 && first <= 0x5a && isSip(bytes, start, end)) return application.sip;
  if ((first === 1 || first === 2) && isDhcp(bytes, start, end, false)) return application.dhcp;
  // NetBIOS names (137) and link-local names (5355) look like DNS and are not.
  const looksLikeDns = low === 137 || high === 137 || low === 5355 || high === 5355;
  return !looksLikeDns && isDnsMessage(bytes, start, end, true) ? application.dns : application.none;
}
