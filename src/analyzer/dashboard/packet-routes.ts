/** The routes that give single packets and whole captures out of the store. */
import type { Context, Handler } from "hono";
import type { CaptureFormat } from "../capture/capture-encoder.ts";
import { describePacket } from "../monitor/describe-packet.ts";
import { exportPackets, storedLinkTypes } from "../store/export-packets.ts";
import type { StoredPackets } from "../store/stored-packets.ts";
import { problem } from "./problems.ts";

/** One packet with its layers and bytes. */
export function showPacket(packets: StoredPackets): Handler {
  return (c: Context) => {
    const given = c.req.param("number") ?? "";
    const number = /^\d{1,15}$/.test(given) ? Number(given) : 0;
    if (number < 1)
      return problem(c, "bad_request", `A packet's number counts from 1, and '${given}' is none.`);
    const details = describePacket(packets, number);
    if (details === undefined) return problem(c, "not_found", packets.whyNotThere(number));
    return c.body(details, 200, { "Content-Type": "application/json" });
  };
}

const contentTypes: Record<CaptureFormat, string> = {
  pcap: "application/vnd.tcpdump.pcap",
  pcapng: "application/x-pcapng",
};

/** All packets that are stored, as a capture file that is made while it is read. */
export function exportCapture(packets: StoredPackets, format: CaptureFormat): Handler {
  return (c: Context) => {
    const linkTypes = storedLinkTypes(packets.columns);
    if (format === "pcap" && linkTypes.length > 1)
      return problem(
        c,
        "several_link_types",
        "The packets are of several link types, and a pcap file can hold one; /api/export.pcapng holds them all.",
      );
    // A file without packets needs some link type too.
    const pieces = exportPackets(packets, format, linkTypes.length > 0 ? linkTypes : [1]);
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const { done, value } = pieces.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      },
      { highWaterMark: 0 },
    );
    return c.body(stream, 200, {
      "Content-Type": contentTypes[format],
      "Content-Disposition": `attachment; filename="packets.${format}"`,
    });
  };
}
