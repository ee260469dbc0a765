/** What a machine lacks to capture, and what a person can type to get it. */

/** How the package that holds libpcap is installed, by the names of /etc/os-release. */
const installs: Record<string, string> = {
  debian: "apt install libpcap0.8",
  ubuntu: "apt install libpcap0.8",
  fedora: "dnf install libpcap",
  rhel: "dnf install libpcap",
  suse: "zypper install libpcap1",
  arch: "pacman -S libpcap",
  alpine: "apk add libpcap",
};

/**
 * How to install libpcap.
 * @param release the text of /etc/os-release; empty elsewhere
 */
export function libpcapInstall(platform: NodeJS.Platform, release: string): string {
  if (platform === "win32") return "install Npcap from https://npcap.com";
  if (platform === "darwin") return "it is part of macOS, and this one lacks it";
  for (const [, ids = ""] of release.matchAll(/^(?:ID|ID_LIKE)=(.*)$/gm))
    for (const id of ids.replaceAll(/["']/g, "").split(" ")) {
      const install = installs[id] ?? installs[id.split("-")[0] ?? ""];
      if (install !== undefined) return install;
    }
  return "install the package libpcap";
}

/**
 * The line for a shell that gives an executable of Linux the right to capture.
 * @param executable its real path; a right given to a link is given to nothing
 */
export function setcapLine(executable: string): string {
  return `sudo setcap cap_net_raw,cap_net_admin=eip ${quoted(executable)}`;
}

/** What gives the right to capture, as the end of a sentence. */
export function rightsAdvice(platform: NodeJS.Platform, executable: string): string {
  if (platform === "linux") return `run it with sudo, or give the right once (${setcapLine(executable)})`;
  if (platform === "darwin") return "run it with sudo, or install ChmodBPF, which comes with Wireshark";
  return "run it as administrator, or reinstall Npcap without its restriction to administrators";
}

/** A path as a shell reads it back. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
