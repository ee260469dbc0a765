/** A connection of the second protocol with a new name on it, made of the terminal client's own parts. */
import { PeerLink } from "../../../src/classroom/client/peer-link.ts";
import { decodeControl, type Control } from "../../../src/classroom/protocol/v2/control.ts";
import { v2HeaderCode } from "../../../src/classroom/protocol/v2/header.ts";

/** @param tls whether the server encrypts */
export async function connected(port: number, name: string, tls: boolean): Promise<PeerLink> {
  const link = await PeerLink.open({
    host: "127.0.0.1",
    port,
    fingerprint: undefined,
    known: { place: "nowhere", find: () => undefined, remember: () => undefined },
    plain: !tls,
    handshakeMs: 10_000,
    now: () => performance.now(),
    isDeaf: () => false,
  });
  link.send("login", { name, password: "a long password", create: true });
  await answer(link, "seat");
  link.send("join", { ask: 1, room: "main" });
  await answer(link, "joined");
  return link;
}

function answer<H extends "seat" | "joined">(link: PeerLink, header: H): Promise<Control<H>> {
  return new Promise((resolve, reject) => {
    link.onFrame = (code, bytes, start, end) => {
      if (code === v2HeaderCode.error) reject(new Error(Buffer.from(bytes.subarray(start, end)).toString()));
      if (code === v2HeaderCode[header]) resolve(decodeControl(header, bytes, start, end)!);
    };
  });
}
