/**
 * The servers that a person has met, one a line:
 *
 *      10.0.0.7:10000 K5QX-3MZA-7TRW-LD2F
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { KnownServers } from "../../classroom/client/known-servers.ts";
import { errorCode, ExpectedError, reasonOf } from "../../lib/errors.ts";

/** Servers that are remembered; the one written down first goes. */
const maxServers = 10_000;

export function diskKnownServers(path: string): KnownServers {
  return {
    place: path,
    find: (server) => read(path).get(server),
    remember(server, code) {
      try {
        const servers = read(path);
        servers.delete(server);
        servers.set(server, code);
        const lines = Array.from(servers, ([name, known]) => `${name} ${known}\n`).slice(-maxServers);
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        writeFileSync(`${path}.new`, lines.join(""), { mode: 0o600 });
        renameSync(`${path}.new`, path);
        return undefined;
      } catch (error) {
        return reasonOf(error);
      }
    },
  };
}

/** @throws ExpectedError where it is there and cannot be read: a server that is known must not pass for a new one */
function read(path: string): Map<string, string> {
  try {
    const lines = readFileSync(path, "utf8").split("\n");
    const pairs = lines.map((line) => line.trim().split(/\s+/)).filter((words) => words.length === 2);
    return new Map(pairs as [string, string][]);
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return new Map();
    throw new ExpectedError(`the known servers in ${path} cannot be read: ${reasonOf(error)}.`, {
      cause: error,
    });
  }
}
