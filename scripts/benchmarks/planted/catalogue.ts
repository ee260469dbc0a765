/** Every attack that can be planted, by the name that its packets are labelled with. */
import type { Attack } from "./attack.ts";
import { memcachedAmplification, ntpAmplification, ssdpAmplification } from "./attacks/amplification.ts";
import {
  ackFlood,
  icmpFlood,
  rstFlood,
  smurf,
  synFloodOfOneNetwork,
  udpFlood,
  udpFloodSpoofed,
} from "./attacks/floods.ts";
import { nsFlood, raFlood } from "./attacks/ipv6-attacks.ts";
import {
  arpScan,
  arpSpoof,
  dhcpStarvation,
  macFlood,
  rogueDhcp,
  stpTakeover,
} from "./attacks/lan-attacks.ts";
import { sshBruteForce, telnetBruteForce } from "./attacks/logins.ts";
import { land, overlappingFragments, pingOfDeath, teardrop } from "./attacks/malformed.ts";
import { dnsRandomSubdomains, dnsTunnel } from "./attacks/names.ts";
import { beacon, exfiltration } from "./attacks/quiet.ts";
import {
  connectScan,
  finScan,
  nullScan,
  pingSweep,
  slowSynScan,
  smbSweep,
  udpScan,
  xmasScan,
} from "./attacks/scans.ts";
import { sipFlood } from "./attacks/telephony.ts";
import { httpFlood, slowloris } from "./attacks/web.ts";

export const attacks: Readonly<Record<string, Attack>> = {
  udp_flood: udpFlood,
  udp_flood_spoofed: udpFloodSpoofed,
  icmp_flood: icmpFlood,
  syn_flood_one_network: synFloodOfOneNetwork,
  rst_flood: rstFlood,
  ack_flood: ackFlood,
  smurf,
  ping_sweep: pingSweep,
  connect_scan: connectScan,
  slow_syn_scan: slowSynScan,
  fin_scan: finScan,
  null_scan: nullScan,
  xmas_scan: xmasScan,
  udp_scan: udpScan,
  smb_sweep: smbSweep,
  ssh_bruteforce: sshBruteForce,
  telnet_bruteforce: telnetBruteForce,
  http_flood: httpFlood,
  slowloris,
  dns_tunnel: dnsTunnel,
  dns_random_subdomains: dnsRandomSubdomains,
  ntp_amplification: ntpAmplification,
  memcached_amplification: memcachedAmplification,
  ssdp_amplification: ssdpAmplification,
  beacon,
  exfiltration,
  arp_scan: arpScan,
  arp_spoof: arpSpoof,
  dhcp_starvation: dhcpStarvation,
  rogue_dhcp: rogueDhcp,
  mac_flood: macFlood,
  stp_takeover: stpTakeover,
  ra_flood: raFlood,
  ns_flood: nsFlood,
  teardrop,
  overlapping_fragments: overlappingFragments,
  ping_of_death: pingOfDeath,
  land,
  sip_flood: sipFlood,
};

/** Their meaning is in minutes, not in packets. */
export const slowAttacks: ReadonlySet<string> = new Set([
  "slow_syn_scan",
  "slowloris",
  "beacon",
  "arp_spoof",
  "rogue_dhcp",
  "stp_takeover",
  "ssh_bruteforce",
]);
