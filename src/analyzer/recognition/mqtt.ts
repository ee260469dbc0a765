/**
 * MQTT (version 5.0, sections 2.1 and 3.1).
 *
 *      0               1                       n                    n + 2
 *     | type 4, flags | remaining length, 1-4 | name length u16: 4 | "MQTT" or "MQIsdp" | level | …
 */
import type { Facts } from "./facts.ts";
import { readName, startsWith, uint16 } from "./read-bytes.ts";

/** The flags each type must have; publish (3) has its own. */
const flagsOfType = [-1, 0, 0, -1, 0, 0, 2, 0, 2, 0, 2, 0, 0, 0, 0, 0];

/**
 * Whether a message begins at `start`.
 * @param onPort elsewhere than on MQTT's port only the first message of a client tells
 */
export function isMqtt(bytes: Uint8Array, start: number, end: number, onPort: boolean): boolean {
  const at = afterLength(bytes, start, end);
  if (at < 0) return false;
  const type = bytes[start]! >> 4;
  if (bytes[start] === 0x10)
    return startsWith(bytes, at + 2, end, "MQTT") || startsWith(bytes, at + 2, end, "MQIsdp");
  if (!onPort || type === 0) return false;
  return type === 3 || flagsOfType[type] === (bytes[start]! & 15);
}

/** The client's id out of its first message. */
export function readMqtt(bytes: Uint8Array, start: number, end: number): Facts {
  const name = afterLength(bytes, start, end);
  if (bytes[start] !== 0x10 || name < 0 || name + 2 > end) return {};
  const level = name + 2 + uint16(bytes, name);
  // Level, flags and keep-alive; version 5 puts properties behind them.
  const properties = level < end && bytes[level] === 5 ? afterLength(bytes, level + 3, end) : level + 4;
  if (properties < 0) return {};
  const at = bytes[level] === 5 ? properties + (bytes[level + 4] ?? 0) : properties;
  if (at + 2 > end) return {};
  const until = at + 2 + uint16(bytes, at);
  return until > end || until === at + 2 ? {} : { detail: readName(bytes, at + 2, until) };
}

/** The place behind the length that begins at `start + 1`, or -1 where it is none. */
function afterLength(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start + 1; at < end && at < start + 5; at++) if (bytes[at]! < 0x80) return at + 1;
  return -1;
}
