import { expect, test } from "bun:test";
import { libpcapInstall, rightsAdvice, setcapLine } from "./missing.ts";

test.each([
  ["linux", 'NAME="Debian GNU/Linux"\nID=debian\n', "apt install libpcap0.8"],
  ["linux", 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', "apt install libpcap0.8"],
  ["linux", 'ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', "zypper install libpcap1"],
  ["linux", "ID=alpine\n", "apk add libpcap"],
  ["linux", "ID='rocky'\nID_LIKE=\"rhel centos fedora\"\n", "dnf install libpcap"],
  ["linux", "ID=never-heard-of\n", "install the package libpcap"],
  ["linux", "", "install the package libpcap"],
  ["win32", "", "install Npcap from https://npcap.com"],
] as const)("%s %p: %s", (platform, release, install) => {
  expect(libpcapInstall(platform, release)).toBe(install);
});

test("the line for rights can be pasted, whatever the path", () => {
  const line = "sudo setcap cap_net_raw,cap_net_admin=eip /usr/local/bin/pcs";
  expect(setcapLine("/usr/local/bin/pcs")).toBe(line);
  expect(rightsAdvice("linux", "/usr/local/bin/pcs")).toEndWith(`(${line})`);
  expect(setcapLine("/home/a b/it's/pcs")).toEndWith("=eip '/home/a b/it'\\''s/pcs'");
  expect(rightsAdvice("darwin", "/x")).toContain("ChmodBPF");
  expect(rightsAdvice("win32", "/x")).toContain("Npcap");
});
