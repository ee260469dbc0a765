/** Opens an interface by what the machine has: libpcap first, on Linux without it a packet socket. */
import type { CaptureDevice, Refusal } from "./capture-device.ts";
import { openLinuxLibc } from "./libc.ts";
import { openLibpcapDevice } from "./libpcap-device.ts";
import { openLibpcap } from "./libpcap.ts";
import type { WorkerRequest } from "./live-messages.ts";
import { openPacketSocket } from "./packet-socket.ts";

export function openDevice(request: Omit<WorkerRequest, "memory">): CaptureDevice | Refusal {
  const { platform, rightsAdvice, libpcapInstall } = request;
  const pcap = request.mayUseLibpcap ? openLibpcap(platform) : undefined;
  if (pcap !== undefined) return openLibpcapDevice(pcap, request, platform, rightsAdvice);
  if (request.filter !== undefined)
    return { refused: `--filter needs libpcap, which is not installed here: ${libpcapInstall}.` };
  const libc = platform === "linux" ? openLinuxLibc() : undefined;
  if (libc === undefined)
    return { refused: `capturing needs libpcap, which is not installed here: ${libpcapInstall}.` };
  return openPacketSocket(libc, request, rightsAdvice);
}
