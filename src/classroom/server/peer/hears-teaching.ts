import type { Peer } from "./peer.ts";

/** Whether somebody is told what concerns those who teach, and has a program that knows it. */
export function hearsTeaching({ role, capabilities }: Peer): boolean {
  return role === "teacher" && capabilities.includes("teach");
}
