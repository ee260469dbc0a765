/**
 * A network that can be cut: a SOCKS5 proxy (RFC 1928) on loopback, for a browser. What Chromium itself calls offline
 * leaves its web sockets open; here the connections break, and new ones fail, until the network is mended.
 */
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

export class CutNetwork {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor() {
    this.#server = createServer((socket) => this.#accept(socket));
  }

  static async open(): Promise<CutNetwork> {
    const network = new CutNetwork();
    await new Promise<void>((resolve) => network.#server.listen(0, "127.0.0.1", resolve));
    return network;
  }

  /** As Chromium wants it. */
  get proxy(): string {
    return `socks5://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  stop(): void {
    this.cut();
    this.#server.close();
  }

  #accept(socket: Socket): void {
    if (this.#isCut) return void socket.destroy();
    this.#keep(socket);
    let held: Buffer = Buffer.alloc(0);
    let isGreeted = false;
    const hear = (bytes: Buffer): void => {
      held = Buffer.concat([held, bytes]);
      if (!isGreeted) {
        const end = held.length < 2 ? 2 : 2 + held[1]!;
        if (held.length < end) return;
        held = held.subarray(end);
        isGreeted = true;
        // No password.
        socket.write(Uint8Array.of(5, 0));
      }
      const target = readRequest(held);
      if (target === undefined) return;
      socket.off("data", hear);
      const { host, port, end } = target;
      const server = connect(port, host, () => {
        socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
        server.write(held.subarray(end));
        socket.pipe(server);
        server.pipe(socket);
      });
      this.#keep(server);
      server.on("close", () => socket.destroy());
      socket.on("close", () => server.destroy());
    };
    socket.on("data", hear);
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => this.#sockets.delete(socket));
  }
}

/** VER CMD RSV, and then an IPv4 address or a name (which Chromium sends for addresses too), with its port. */
function readRequest(held: Buffer): { host: string; port: number; end: number } | undefined {
  const isName = held[3] === 3;
  const start = isName ? 5 : 4;
  const end = start + (isName ? (held[4] ?? 0) : 4) + 2;
  if (held.length < Math.max(7, end)) return undefined;
  const address = held.subarray(start, end - 2);
  return { host: isName ? address.toString() : address.join("."), port: held.readUInt16BE(end - 2), end };
}
