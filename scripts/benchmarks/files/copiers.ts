/** Programs that copy a file over the network, on this machine: scp with a server of its own, and socat. */
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../peers.ts";

export interface Copier {
  name: string;
  /** Copies the file once. @returns seconds of the whole command */
  copy(file: string): Promise<number>;
  stop(): void;
}

const paths = { PATH: `${process.env["PATH"]}:/usr/sbin:/usr/local/sbin` };

/** sshd on loopback with keys made for this run. @returns undefined where it is not installed */
export async function startScp(): Promise<Copier | undefined> {
  const sshd = Bun.which("sshd", paths);
  if (sshd === null || Bun.which("scp") === null) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "pcs-bench-ssh-"));
  const port = freePort();
  const at = (name: string): string => join(folder, name);
  for (const key of ["host", "user"]) await Bun.$`ssh-keygen -q -t ed25519 -N "" -f ${at(key)}`.quiet();
  const user = (await Bun.$`id -un`.text()).trim();
  await Bun.$`cp ${at("user.pub")} ${at("authorized")}`;
  chmodSync(at("authorized"), 0o600);
  writeFileSync(
    at("config"),
    [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${at("host")}`,
      `AuthorizedKeysFile ${at("authorized")}`,
      `PidFile ${at("pid")}`,
      "StrictModes no",
      "PermitRootLogin yes",
      "UsePAM no",
      "Subsystem sftp internal-sftp",
    ].join("\n"),
  );
  await Bun.$`mkdir -p /run/sshd`.quiet().nothrow();
  const server = Bun.spawn({
    cmd: [sshd, "-D", "-e", "-f", at("config")],
    stdout: "ignore",
    stderr: "ignore",
  });
  await untilOpen(port);
  const options = ["-q", "-P", String(port), "-i", at("user"), "-o", "StrictHostKeyChecking=no"];
  options.push("-o", `UserKnownHostsFile=${at("known")}`, "-o", "BatchMode=yes");
  return {
    name: "scp",
    async copy(file) {
      const target = at("copy");
      const seconds = await timed(
        Bun.spawn({
          cmd: ["scp", ...options, file, `${user}@127.0.0.1:${target}`],
          stdout: "ignore",
          stderr: "inherit",
        }),
      );
      check(file, target);
      return seconds;
    },
    stop() {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A plain stream into a file. @returns undefined where it is not installed */
export function startSocat(): Copier | undefined {
  if (Bun.which("socat") === null) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "pcs-bench-socat-"));
  const target = join(folder, "copy");
  const block = ["-u", "-b", "262144"];
  return {
    name: "socat",
    async copy(file) {
      const port = freePort();
      const server = Bun.spawn({
        cmd: ["socat", ...block, `TCP-LISTEN:${port},bind=127.0.0.1`, `CREATE:${target}`],
      });
      await Bun.sleep(200);
      const beganMs = performance.now();
      await timed(Bun.spawn({ cmd: ["socat", ...block, `OPEN:${file}`, `TCP:127.0.0.1:${port}`] }));
      await timed(server);
      const seconds = (performance.now() - beganMs) / 1000;
      check(file, target);
      return seconds;
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** @returns seconds until the process has ended well */
export async function timed(process: Bun.Subprocess): Promise<number> {
  const beganMs = performance.now();
  const code = await process.exited;
  if (code !== 0) throw new Error(`a copying program ended with ${code}`);
  return (performance.now() - beganMs) / 1000;
}

function check(file: string, target: string): void {
  if (statSync(file).size !== statSync(target).size) throw new Error(`${target} is not whole`);
  rmSync(target);
}

async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      (await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } })).terminate();
      return;
    } catch (error) {
      if (tries > 100) throw error;
      await Bun.sleep(50);
    }
  }
}
