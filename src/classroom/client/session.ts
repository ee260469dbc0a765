/**
 * A person's or a script's whole stay: connect, log in, talk, and leave or come back.
 *
 *      connect --> log in --> chat --> left        0
 *         ^          |          |----> shut down   0
 *         |          refused 1  '----> lost        1, or on a terminal: reconnect?
 *         '--------------------------------'
 *
 * So it is in the first protocol; in the second (`peer-stay.ts`) a lost connection is taken up again by itself.
 */
import { ExpectedError } from "../../lib/errors.ts";
import { complete, type FolderEntry } from "./completion.ts";
import type { KnownServers } from "./known-servers.ts";
import type { Credentials } from "./login.ts";
import { LesserServer } from "./peer-link.ts";
import { PeerStay } from "./peer-stay.ts";
import { Presenter } from "./presenter.ts";
import type { Terminal } from "./terminal.ts";
import { within } from "./within.ts";
import { Visit, type VisitEnd, type VisitOptions } from "./visit.ts";

export interface SessionOptions extends VisitOptions {
  /** Answers the question for the name, and the one for the password. */
  user: string | undefined;
  password: string | undefined;
  /** Speaks the first protocol, without encryption. */
  legacy: boolean;
  /** The CODE that the server must have. */
  fingerprint: string | undefined;
  known: KnownServers;
}

export interface SessionPorts {
  terminal: Terminal;
  /** Ctrl-C: says goodbye and ends. */
  interrupted: AbortSignal;
  /** Milliseconds. */
  now: () => number;
  /** What is in a folder, for completion; nothing where it cannot be read. */
  list: (folder: string) => readonly FolderEntry[];
}

const exitCodes = { left: 0, "shut-down": 0, refused: 1, lost: 1 } as const;
const interruptedCode = 130;

/**
 * Runs to the end.
 * @returns the exit code
 * @throws ExpectedError with one sentence, where nothing that was printed tells what went wrong
 */
export async function runSession(options: SessionOptions, ports: SessionPorts): Promise<number> {
  const { terminal, interrupted } = ports;
  const presenter = new Presenter(terminal, ports.now);
  terminal.completeWith((line) => complete(line, { names: presenter.state.names, list: ports.list }));
  try {
    const stopped = Promise.withResolvers<number>();
    interrupted.addEventListener("abort", () => stopped.resolve(interruptedCode));
    const stay = options.legacy
      ? stayLegacy(options, ports, presenter)
      : stayInSecond(options, ports, presenter);
    // A dial has no end of its own that an interrupt could bring about; everything else ends with the connection.
    return await Promise.race([stay, stopped.promise.then((code) => politely(stay, code))]);
  } finally {
    await terminal.close();
  }
}

// Below: the loop of connections.

/** How long an interrupted stay may take to say goodbye. */
const politeMs = 1_500;

async function politely(stay: Promise<number>, code: number): Promise<number> {
  await within(
    stay.catch(() => code),
    politeMs,
  );
  return code;
}

/** The second protocol; less than that only where a person agrees, and never with a server known to encrypt. */
async function stayInSecond(
  options: SessionOptions,
  ports: SessionPorts,
  presenter: Presenter,
): Promise<number> {
  try {
    return await new PeerStay(options, ports, presenter, false).run();
  } catch (error) {
    if (!(error instanceof LesserServer)) throw error;
    const server = serverName(options);
    if (options.known.find(server) !== undefined || options.fingerprint !== undefined)
      throw new ExpectedError(
        `${error.message.slice(0, -1)}, and it did before: somebody may be listening in. Nothing was sent.`,
      );
    if (!ports.terminal.interactive)
      throw new ExpectedError(`${error.message.slice(0, -1)}; join it with --legacy.`);
    presenter.note(`pcs: ${error.message}`);
    if (!(await agreesToLess(ports))) return ports.interrupted.aborted ? interruptedCode : 1;
    return error.kind === "plain"
      ? new PeerStay(options, ports, presenter, true).run()
      : stayUntilTheEnd(options, ports, presenter);
  }
}

async function stayLegacy(
  options: SessionOptions,
  ports: SessionPorts,
  presenter: Presenter,
): Promise<number> {
  if (options.known.find(serverName(options)) !== undefined)
    throw new ExpectedError(
      `the server at ${serverName(options)} is known to encrypt, so it is not joined without: leave out --legacy.`,
    );
  return stayUntilTheEnd(options, ports, presenter);
}

function serverName({ host, port }: SessionOptions): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

async function agreesToLess({ terminal, interrupted }: SessionPorts): Promise<boolean> {
  const stop = (): void => terminal.cancel();
  interrupted.addEventListener("abort", stop);
  const answer = await terminal.ask("Others on the network could read along. Join all the same? (yes/no) ");
  interrupted.removeEventListener("abort", stop);
  return answer.kind === "line" && /^\s*yes\s*$/i.test(answer.text);
}

async function stayUntilTheEnd(
  options: SessionOptions,
  ports: SessionPorts,
  presenter: Presenter,
): Promise<number> {
  const { terminal, interrupted } = ports;
  let credentials: Credentials = { name: options.user, password: options.password, remembered: false };
  const remember = (name: string, password: string): void => {
    credentials = { name, password, remembered: true };
  };
  for (;;) {
    const visit = new Visit(options, terminal, presenter, ports.now);
    const { end, why } = await comeIn(visit, credentials, remember, interrupted);
    if (interrupted.aborted) return interruptedCode;
    if (end !== "lost") return exitCodes[end];
    // Only who was in already can be let in again without a question.
    if (!terminal.interactive || !credentials.remembered) throw why;
    if (why !== connectionLost) presenter.note(`pcs: ${why.message}`);
    if (!(await wantsToReconnect(terminal, interrupted)))
      return interrupted.aborted ? interruptedCode : exitCodes.lost;
  }
}

const connectionLost = new ExpectedError("the connection to the server was lost.");

async function comeIn(
  visit: Visit,
  credentials: Credentials,
  remember: (name: string, password: string) => void,
  interrupted: AbortSignal,
): Promise<{ end: VisitEnd; why: ExpectedError }> {
  const stop = (): void => visit.interrupt();
  interrupted.addEventListener("abort", stop);
  try {
    await visit.connect();
    return { end: await visit.run(credentials, remember), why: connectionLost };
  } catch (error) {
    if (error instanceof ExpectedError) return { end: "lost", why: error };
    throw error;
  } finally {
    await visit.close();
    interrupted.removeEventListener("abort", stop);
  }
}

async function wantsToReconnect(terminal: Terminal, interrupted: AbortSignal): Promise<boolean> {
  const stop = (): void => terminal.cancel();
  interrupted.addEventListener("abort", stop);
  const answer = await terminal.ask("Connection lost. Reconnect? [Y/n] ");
  interrupted.removeEventListener("abort", stop);
  return answer.kind === "line" && /^\s*(?:y|yes)?\s*$/i.test(answer.text);
}
