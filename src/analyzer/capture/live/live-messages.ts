/** What the capturing thread and the one that counts say to each other. */
import type { DeviceRequest } from "./capture-device.ts";

export interface WorkerRequest extends DeviceRequest {
  /** Of the ring. */
  memory: SharedArrayBuffer;
  platform: NodeJS.Platform;
  /** False makes as if libpcap were not installed. */
  mayUseLibpcap: boolean;
  /** What gives the right to capture, and what installs libpcap: told where they lack. */
  rightsAdvice: string;
  libpcapInstall: string;
}

export type WorkerNews =
  | { kind: "refused"; sentence: string }
  | { kind: "opened"; linkType: number }
  /** The next slot of the ring holds `count` packets of `bytes` in all; `dropped` counts from the beginning. */
  | { kind: "batch"; count: number; bytes: number; dropped: number }
  | { kind: "ended"; dropped: number; problem: string | undefined };
