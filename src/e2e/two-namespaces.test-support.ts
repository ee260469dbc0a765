/** Two network namespaces of the test's own, joined by a veth pair: whatever is sent stays inside. */
import { writeFileSync } from "node:fs";
import { bytes, u16, u32 } from "../analyzer/capture/bytes-builder.test-support.ts";
import { pcapFile } from "../analyzer/capture/capture-builder.test-support.ts";

/** Why there can be none here, or undefined where there can. */
export function missingForNamespaces(...programs: string[]): string | undefined {
  if (process.platform !== "linux") return "network namespaces are of Linux";
  if (process.getuid?.() !== 0) return "network namespaces need root";
  for (const program of ["ip", ...programs])
    if (Bun.which(program) === null) return `${program} is not installed`;
  const name = `pcs-probe-${process.pid}`;
  if (run("ip", "netns", "add", name) !== "") return "the system lets nobody make network namespaces";
  run("ip", "netns", "del", name);
  return undefined;
}

/** Of the two interfaces. */
export const cardOf = { out: "0a:4d:00:00:00:01", in: "0a:4d:00:00:00:02" } as const;

export class TwoNamespaces {
  /** Where frames are sent from, by the interface `out`. */
  readonly sender = `pcs-${process.pid}-a`;
  /** Where they arrive, at the interface `in`. */
  readonly receiver = `pcs-${process.pid}-b`;

  constructor() {
    const steps = [
      `netns add ${this.sender}`,
      `netns add ${this.receiver}`,
      `-n ${this.sender} link add out type veth peer name in netns ${this.receiver}`,
    ];
    for (const step of steps) must("ip", ...step.split(" "));
    for (const [name, device, address] of [
      [this.sender, "out", "10.77.0.1/24"],
      [this.receiver, "in", "10.77.0.2/24"],
    ] as const) {
      // Nothing but what the test sends is to cross.
      must(...this.inside(name), "sh", "-c", `echo 1 > /proc/sys/net/ipv6/conf/${device}/disable_ipv6`);
      must("ip", "-n", name, "link", "set", device, "address", cardOf[device]);
      must("ip", "-n", name, "address", "add", address, "dev", device);
      must("ip", "-n", name, "link", "set", "lo", "up");
      must("ip", "-n", name, "link", "set", device, "up");
    }
  }

  /** A command line that runs in a namespace. */
  inside(name: string): string[] {
    return ["ip", "netns", "exec", name];
  }

  /** Gives a side one more address. */
  addAddress(name: string, address: string): void {
    must("ip", "-n", name, "address", "add", `${address}/24`, "dev", name === this.sender ? "out" : "in");
  }

  /**
   * Sends the packets of a capture over and over, as fast as they go.
   * @param seconds after which it ends, however few were sent
   * @returns what tcpreplay says
   */
  async replay(file: string, packets: number, seconds?: number): Promise<string> {
    const flags = ["--topspeed", "--preload-pcap", "--loop=1000000", `--limit=${packets}`];
    if (seconds !== undefined) flags.push(`--duration=${seconds}`);
    return await this.run(this.sender, "tcpreplay", ...flags, "--intf1=out", file);
  }

  /** Sends the packets of a capture, so many a second. */
  async replayAtRate(file: string, packetsPerSecond: number): Promise<void> {
    await this.run(this.sender, "tcpreplay", `--pps=${packetsPerSecond}`, "--intf1=out", file);
  }

  /** Sends the packets of a capture when their times say, until it is killed. */
  replayAsCaptured(file: string): Bun.Subprocess {
    return Bun.spawn([...this.inside(this.sender), "tcpreplay", "--intf1=out", file], {
      stdout: "ignore",
      stderr: "ignore",
    });
  }

  /** Runs a program in a namespace to its end. @returns what it prints */
  async run(name: string, ...words: string[]): Promise<string> {
    const child = Bun.spawn([...this.inside(name), ...words], { stdout: "pipe", stderr: "pipe" });
    const [said, complained] = await Promise.all([child.stdout.text(), child.stderr.text()]);
    if ((await child.exited) !== 0) throw new Error(complained);
    return said;
  }

  remove(): void {
    for (const name of [this.sender, this.receiver]) run("ip", "netns", "del", name);
  }
}

/** Writes a capture of 10,000 UDP and TCP frames between many hosts: mostly small ones, which come fastest. */
export function writeFrames(path: string): void {
  const packets = Array.from({ length: 10_000 }, (_, i) => {
    const payload = new Uint8Array(i % 8 === 0 ? (i * 7919) % 1400 : i % 100);
    const ports = [u16(1024 + (i % 5000)), u16(2000 + (i % 7))];
    const isUdp = i % 2 === 0;
    const header = isUdp
      ? bytes(...ports, u16(8 + payload.length), u16(0))
      : bytes(...ports, u32(i), u32(0), "5010 2000 0000 0000");
    const addresses = [[10, 77, 1, i % 250, 10, 77, 2, (i >> 3) % 250]];
    const length = 20 + header.length + payload.length;
    const ip = bytes([0x45, 0], u16(length), u16(i), u16(0), [64, isUdp ? 17 : 6], u16(0), ...addresses);
    return { data: bytes("0a0000000002 0a0000000001 0800", ip, header, payload), seconds: i };
  });
  writeFileSync(path, pcapFile(packets));
}

/** Writes 50 frames of 64 bytes in VLAN 5, with priority 3. */
export function writeTaggedFrames(path: string): void {
  const ip = bytes("4500002e 00000000 40110000 0a4d0101 0a4d0201", new Uint8Array(26));
  const data = bytes("0a0000000002 0a0000000001 8100 6005 0800", ip);
  writeFileSync(path, pcapFile(Array.from({ length: 50 }, () => ({ data }))));
}

function run(...cmd: string[]): string {
  return Bun.spawnSync(cmd, { stdout: "ignore", stderr: "pipe" }).stderr.toString();
}

function must(...cmd: string[]): void {
  const done = Bun.spawnSync(cmd, { stdout: "ignore", stderr: "pipe" });
  if (done.exitCode !== 0) throw new Error(`${cmd.join(" ")}: ${done.stderr.toString()}`);
}
