/** What teachers ask every student for, over the second protocol and from the console. */
import { asSentence, ExpectedError } from "../../../lib/errors.ts";
import type { Receipt } from "../../files/collection-store.ts";
import { encodeControl, type Control } from "../../protocol/v2/control.ts";
import type { Classroom } from "../classroom.ts";
import type { CollectionNews } from "../member.ts";
import type { Peer } from "./peer.ts";

export function collectAsPeer(peer: Peer, wish: Control<"collect"> & { ask: number }): void {
  const { ask, do: what = "list", name } = wish;
  peer.classroom.background(answer());

  async function answer(): Promise<void> {
    try {
      peer.send(encodeControl("done", { ask, text: await collect(peer.classroom, what, name) }));
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      peer.refuse("refused", asSentence(error.message), { ask });
    }
  }
}

/** Tells a person of something that is collected. */
export function tellCollection(peer: Peer, { kind, collection, receipt }: CollectionNews): void {
  const { number, name } = collection;
  const told = receipt === undefined ? undefined : toldReceipt(receipt);
  if (kind === "kept" && told !== undefined)
    return peer.send(encodeControl("receipt", { number, name, receipt: told }));
  const isOpen = kind === "asked";
  const handed = told === undefined ? {} : { receipt: told };
  if (peer.capabilities.includes("files"))
    peer.send(encodeControl("collect", { number, name, open: isOpen, ...handed }));
  else if (isOpen) peer.inform(`'${name}' is asked of you, and this program cannot hand it in.`);
}

function toldReceipt({ file, bytes, sha256, timeMs }: Receipt): Control<"receipt">["receipt"] {
  return { file, bytes, sha256, timeMs };
}

/** @returns a sentence, or the list @throws ExpectedError with one sentence */
export async function collect(
  { collects }: Classroom,
  what: "begin" | "end" | "list",
  name: string,
): Promise<string> {
  if (what === "list") return collects.list(name).slice(0, maxListCharacters);
  return what === "begin" ? collects.begin(name) : collects.end(name);
}

/** A frame has 64 KiB. */
const maxListCharacters = 16_000;
