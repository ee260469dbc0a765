import { expect, test } from "bun:test";
import { realpathSync } from "node:fs";
import { resolve } from "node:path";
import { formatInterfaces, formatMeans } from "./interfaces.ts";

const main = resolve(import.meta.dir, "../main.ts");

test("a table", () => {
  expect(
    formatInterfaces([
      {
        name: "eth0",
        state: "up",
        linkType: "ethernet",
        addresses: ["10.0.0.1/8", "fe80::1/64"],
        description: undefined,
      },
      { name: "lo", state: "down", linkType: undefined, addresses: [], description: "Loopback" },
      { name: "any", state: "unknown", linkType: undefined, addresses: [], description: undefined },
    ]),
  ).toBe(
    [
      "NAME  STATE    LINK      ADDRESSES",
      "eth0  up       ethernet  10.0.0.1/8 fe80::1/64",
      "lo    down     -         (Loopback)",
      "any   unknown  -         -",
      "",
    ].join("\n"),
  );
  expect(formatInterfaces([])).toBe("There are no interfaces.\n");
});

const means = {
  platform: "linux",
  mayUseLibpcap: true,
  rightsAdvice: "run it with sudo",
  rightsLine: undefined,
  libpcapInstall: "apt install libpcap0.8",
} as const;

test.each([
  [{ libpcap: true, rights: true }, "Captures by libpcap.\n"],
  [{ libpcap: true, rights: undefined }, "Captures by libpcap.\n"],
  [{ libpcap: true, rights: false }, "Captures by libpcap.\nThis user may not capture: run it with sudo.\n"],
  [
    { libpcap: false, rights: true },
    "Captures by packet sockets. --filter needs libpcap, which is not installed: apt install libpcap0.8.\n",
  ],
])("%p", (has, sentences) => {
  expect(formatMeans(means, has)).toBe(sentences);
});

test("elsewhere nothing works without libpcap", () => {
  const text = formatMeans({ ...means, platform: "win32" }, { libpcap: false, rights: undefined });
  expect(text).toBe("Capturing needs libpcap, which is not installed: apt install libpcap0.8.\n");
});

test("a user without rights is told the exact line; the list is there all the same", () => {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || Bun.which("setpriv") === null) {
    process.stderr.write("skipped: giving up rights for a test needs root and setpriv\n");
    return;
  }
  const run = Bun.spawnSync(
    [
      "setpriv",
      "--bounding-set=-net_raw,-net_admin",
      "--inh-caps=-all",
      process.execPath,
      main,
      "interfaces",
    ],
    { env: { ...process.env, PCS_LIBPCAP: "none" } },
  );
  expect(run.exitCode).toBe(0);
  const text = run.stdout.toString();
  expect(text).toMatch(/^lo +(up|down) +ethernet/m);
  expect(text).toEndWith(`  sudo setcap cap_net_raw,cap_net_admin=eip ${realpathSync(process.execPath)}\n`);
});
