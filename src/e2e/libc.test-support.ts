/**
 * The few calls of the C library that the original clients stand on: blocking sockets, and a `recv` that gives
 * whatever is there, up to what was asked for. Nothing of Bun's own sockets is in between.
 */
import { dlopen } from "bun:ffi";

const library = process.platform === "darwin" ? "libSystem.B.dylib" : "libc.so.6";

const { symbols } = dlopen(library, {
  socket: { args: ["i32", "i32", "i32"], returns: "i32" },
  connect: { args: ["i32", "ptr", "u32"], returns: "i32" },
  recv: { args: ["i32", "ptr", "u64", "i32"], returns: "i64" },
  send: { args: ["i32", "ptr", "u64", "i32"], returns: "i64" },
  shutdown: { args: ["i32", "i32"], returns: "i32" },
  close: { args: ["i32"], returns: "i32" },
});

/** Connects to a port of 127.0.0.1. @returns the file descriptor */
export function connectTo(port: number): number {
  const fd = symbols.socket(2, 1, 0);
  // struct sockaddr_in: family (on macOS behind a length), port and address in network order
  const address = new Uint8Array(16);
  address.set(process.platform === "darwin" ? [16, 2] : [2, 0]);
  address.set([port >> 8, port & 255, 127, 0, 0, 1], 2);
  if (symbols.connect(fd, address, 16) !== 0) throw new Error(`cannot connect to port ${port}`);
  return fd;
}

/** `socket.recv(count)` of Python: waits for something, and gives at most `count` bytes of it; none at the end. */
export function receive(fd: number, count: number): Buffer {
  if (count === 0) return Buffer.alloc(0);
  const bytes = Buffer.alloc(count);
  const received = Number(symbols.recv(fd, bytes, BigInt(count), 0));
  return bytes.subarray(0, Math.max(0, received));
}

/** `socket.sendall(bytes)` of Python. */
export function sendAll(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    // MSG_NOSIGNAL, where there is one: a server that is gone is an error and no end of the process
    const flags = process.platform === "linux" ? 0x4000 : 0;
    const part = bytes.slice(at, at + (1 << 20));
    const sent = Number(symbols.send(fd, part, BigInt(part.length), flags));
    if (sent <= 0) throw new Error("the connection is gone");
    at += sent;
  }
}

/** Ends both directions, so that a `receive` that waits comes back. */
export function closeSocket(fd: number): void {
  symbols.shutdown(fd, 2);
  symbols.close(fd);
}
