/** Chooses where the bytes of a capture's packets are to be found later. */
import { reasonOf } from "../../lib/errors.ts";
import type { PacketSource } from "../capture/packet-source.ts";
import { keepNothing, type ByteKeeper } from "./byte-keeper.ts";
import { openOriginalFile } from "./original-file.ts";
import { openRotatingFile } from "./rotating-file.ts";
import { StoredPackets } from "./stored-packets.ts";

/**
 * A store for the packets of `source`. Where their bytes can be had nowhere, it has a warning and columns alone.
 * @param parents folders for a file of its own, where one is needed; the first one that works is taken
 */
export function openStoredPackets(source: PacketSource, parents: readonly string[]): StoredPackets {
  return new StoredPackets(openKeeper(source, parents), source.kind !== "interface");
}

function openKeeper(source: PacketSource, parents: readonly string[]): ByteKeeper {
  const { kind, rereadPath } = source;
  try {
    if (rereadPath !== undefined) return openOriginalFile(rereadPath, source.name);
    return openRotatingFile({
      parents,
      mayWait: kind !== "interface",
      isBehind: () => source.isBehind ?? false,
    });
  } catch (error) {
    return keepNothing(reasonOf(error));
  }
}
