/** Messages of DHCP (RFC 2131): 236 bytes of BOOTP, the cookie, and options. */
import { broadcastIp, broadcastMac, udpFrame, type Station } from "./frames.ts";

export const dhcpKind = { discover: 1, offer: 2, request: 3, ack: 5 } as const;

export interface DhcpFields {
  kind: number;
  transaction: number;
  /** Its card. */
  client: number;
  hostName: string;
  server: Station;
  /** The address that is offered or asked for; 0 where there is none yet. */
  given: number;
  /** A renewal goes from the client's address to the server's, and back. */
  renewing?: Station;
}

const leaseSeconds = 86_400;

export function dhcpFrame(fields: DhcpFields): Buffer {
  const { kind, client, server, given, renewing } = fields;
  const isAnswer = kind === dhcpKind.offer || kind === dhcpKind.ack;
  const everybody: Station = { mac: broadcastMac, ip: broadcastIp, ttl: 64, pads: true };
  const message = dhcpMessage(fields, isAnswer);
  if (isAnswer) {
    const to = renewing ?? { ...everybody, mac: client, ip: given };
    return udpFrame(server, 67, to, 68, message, { id: 0 });
  }
  const from = renewing ?? { mac: client, ip: 0, ttl: 64, pads: true };
  return udpFrame(from, 68, renewing === undefined ? everybody : server, 67, message, { id: 0 });
}

function dhcpMessage(
  { kind, transaction, client, hostName, server, given, renewing }: DhcpFields,
  isAnswer: boolean,
): Buffer {
  const message = Buffer.alloc(240);
  message.set([isAnswer ? 2 : 1, 1, 6, 0]);
  message.writeUInt32BE(transaction, 4);
  message.writeUInt32BE(renewing?.ip ?? 0, 12);
  if (isAnswer) message.writeUInt32BE(given, 16);
  message.writeUIntBE(client, 28, 6);
  message.writeUInt32BE(0x63825363, 236);
  const options = [option(53, Buffer.from([kind]))];
  if (isAnswer) {
    const mask = 0xffffff00;
    options.push(option(54, word(server.ip)), option(51, word(leaseSeconds)), option(1, word(mask)));
    options.push(option(3, word(server.ip)), option(6, word(server.ip)));
  } else {
    if (given !== 0 && renewing === undefined)
      options.push(option(50, word(given)), option(54, word(server.ip)));
    options.push(option(12, Buffer.from(hostName)), option(55, Buffer.from([1, 3, 6, 15, 51, 58, 59])));
  }
  const whole = Buffer.concat([message, ...options, Buffer.from([255])]);
  return Buffer.concat([whole, Buffer.alloc(Math.max(0, 300 - whole.length))]);
}

function option(code: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([code, value.length]), value]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
