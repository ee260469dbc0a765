/** A server of the executable that is there to be killed. */

export function startServer(executable: string, folder: string, port: number) {
  const flags = ["--data", "data", "--tls", "off", "--limits", "off", "--no-web"];
  const child = Bun.spawn({
    cmd: [executable, "serve", String(port), "127.0.0.1", ...flags],
    cwd: folder,
    env: {},
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
  });
  let out = "";
  const reading = (async (): Promise<void> => {
    for await (const chunk of child.stdout) out += Buffer.from(chunk).toString();
  })();
  return {
    ended: child.exited,
    type(line: string): void {
      if (child.exitCode !== null || child.killed) return;
      // While it is being killed nobody reads any more.
      const written = async (): Promise<void> => {
        await child.stdin.write(`${line}\n`);
        await child.stdin.flush();
      };
      written().catch(() => undefined);
    },
    async prints(part: string): Promise<void> {
      const deadline = Date.now() + 30_000;
      while (!out.includes(part)) {
        if (child.exitCode !== null || Date.now() > deadline) throw new Error(`no '${part}': ${out}`);
        await Bun.sleep(5);
      }
    },
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await child.exited;
      await reading;
    },
  };
}
