/** The fields of one header of a packet, as name and value. */
import { inspectPacket } from "./inspect-packet.ts";

export function fieldsOf(packet: Uint8Array, layer: string, linkType = 1): Record<string, string> {
  const found = inspectPacket(packet, packet.length, linkType).find(({ name }) => name === layer);
  return Object.fromEntries((found?.fields ?? []).map(({ name, value }) => [name, value]));
}
