/** The applications that payloads are recognised to be, by the numbers of `packet/protocols.ts`. */
import { protocolId } from "../packet/protocols.ts";

/** The number of each application. 0, which is `other`, stands for a payload that was not recognised. */
export const application = {
  none: protocolId.other,
  dns: protocolId.dns,
  mdns: protocolId.mdns,
  tls: protocolId.tls,
  http: protocolId.http,
  quic: protocolId.quic,
  ssh: protocolId.ssh,
  dhcp: protocolId.dhcp,
  ntp: protocolId.ntp,
  smb: protocolId.smb,
  rdp: protocolId.rdp,
  mqtt: protocolId.mqtt,
  sip: protocolId.sip,
  syslog: protocolId.syslog,
  snmp: protocolId.snmp,
  pcs: protocolId.pcs,
};
