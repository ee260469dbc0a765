/** Captures in a store, and what tshark counts for display filters: all of them in one run over the capture. */
import { openCaptureFile } from "../capture/open-capture.ts";
import { decodeBatch } from "../packet/decode-batch.ts";
import { createDecodedColumns } from "../packet/decoded-columns.ts";
import { exportPackets, storedLinkTypes } from "../store/export-packets.ts";
import { openStoredPackets } from "../store/open-stored-packets.ts";
import { PacketStore } from "../store/packet-store.ts";
import { Traffic } from "../traffic/traffic.ts";
import { layerBit } from "../packet/layers.ts";
import { parseFilter } from "./parse-filter.ts";
import { Selections } from "./selections.ts";

/** Packets one by one, as pcs takes them. */
const options = ["tcp.desegment_tcp_streams", "ip.defragment", "ipv6.defragment"].flatMap((name) => [
  "-o",
  `${name}:FALSE`,
]);

/** The packets that tshark counts for each filter, none of which may hold a comma. */
export async function countsOfTshark(file: string, filters: readonly string[]): Promise<number[]> {
  const statistics = ["-q", "-z", `io,stat,0,${filters.join(",")}`];
  const run = Bun.spawn(["tshark", "-n", "-r", file, ...options, ...statistics], { stderr: "ignore" });
  const row = (await run.stdout.text()).split("\n").find((line) => line.includes("<>"));
  // | 0.0 <> 660.0 | frames | bytes | frames | bytes |
  const cells = row?.split("|").slice(2, -1).map(Number) ?? [];
  return cells.filter((_, i) => i % 2 === 0);
}

/** A file's packets as columns, with their flows and applications. */
export async function storeOf(file: string): Promise<PacketStore> {
  const source = await openCaptureFile(file);
  const columns = createDecodedColumns();
  const traffic = new Traffic();
  const store = new PacketStore();
  for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
    decodeBatch(batch, columns);
    traffic.add(batch, columns);
    store.add(batch, columns, traffic.flowNumbers, traffic.outerFlowNumbers);
  }
  await source.close();
  return store;
}

export function countsOfPcs(store: PacketStore, filters: readonly string[]): number[] {
  const selections = new Selections(store);
  return filters.map((text) => {
    const filter = parseFilter(text);
    if (filter.kind === "problem") throw new Error(filter.message);
    return selections.select(filter).count;
  });
}

/** A capture's packets as a pcapng section, where some are of IP and tshark would take all of them. */
export async function sectionOf(file: string): Promise<Uint8Array[]> {
  const source = await openCaptureFile(file).catch(() => undefined);
  if (source === undefined) return [];
  const packets = openStoredPackets(source, []);
  const columns = createDecodedColumns();
  try {
    for (let batch = await source.next(); batch !== undefined; batch = await source.next()) {
      decodeBatch(batch, columns);
      packets.add(batch, columns, new Uint32Array(batch.count));
    }
    return isOfIp(packets.columns)
      ? [...exportPackets(packets, { format: "pcapng", linkTypes: storedLinkTypes(packets.columns) })]
      : [];
  } catch {
    return [];
  } finally {
    await packets.close();
    await source.close();
  }
}

/** Some link types have headers of their own, without which tshark refuses the whole file. */
const fewestBytes = 20;

function isOfIp(store: PacketStore): boolean {
  let found = false;
  for (const { chunk, from, until } of store.rows())
    for (let row = from; row < until; row++) {
      if (chunk.captured[row]! < fewestBytes) return false;
      if ((chunk.layers[row]! & (layerBit.ipv4 | layerBit.ipv6)) !== 0) found = true;
    }
  return found;
}
