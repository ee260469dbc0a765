/** A room of the second protocol: who is in it, and how its frames go out. */
import type { Fanout } from "../../net/fanout.ts";
import type { Peer } from "../peer/peer.ts";

export interface Room {
  readonly number: number;
  readonly name: string;
  /** Whether its messages are kept. */
  readonly keeps: boolean;
  readonly fanout: Fanout;
  readonly peers: Set<Peer>;
  /** The key of the student who has made it since the server was started; undefined for all others. */
  readonly madeBy: string | undefined;
}

/** One speaker in one room. */
export interface Place {
  readonly room: Room;
  /** Everything of this speaker's `m` in front of the text. */
  readonly head: Uint8Array;
}
