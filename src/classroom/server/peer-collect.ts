/** What teachers ask every student for, over the second protocol and from the console. */
import { asSentence, ExpectedError } from "../../lib/errors.ts";
import { encodeControl, type Control } from "../protocol/v2/control.ts";
import type { Classroom } from "./classroom.ts";
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
