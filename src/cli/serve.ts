/** `pcs serve`: flags into a running server, its console, and its orderly end. */
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { availableParallelism, hostname, networkInterfaces } from "node:os";
import { Accounts } from "../classroom/accounts/accounts.ts";
import { HashGate } from "../classroom/accounts/hash-gate.ts";
import { PasswordThreads } from "../lib/password-threads.ts";
import { LoginThrottle } from "../classroom/accounts/login-throttle.ts";
import { SessionTokens } from "../classroom/accounts/session-tokens.ts";
import { TeacherCodes } from "../classroom/accounts/teacher-codes.ts";
import type { Retention } from "../classroom/chat/retention.ts";
import type { TlsPolicy } from "../classroom/server/classroom.ts";
import { completeLine } from "../classroom/server/operator/complete-line.ts";
import { defaultLimits, noLimits } from "../classroom/server/limits.ts";
import { Operator } from "../classroom/server/operator/operator.ts";
import { isTerminal, OperatorConsole } from "../classroom/server/operator/console.ts";
import { Server } from "../classroom/server/server.ts";
import type { Web } from "../classroom/web/start-web.ts";
import { openDataFolder, type DataFolder } from "../store/disk/data-folder.ts";
import { diskAudit } from "../store/disk/disk-audit.ts";
import { DiskCollections } from "../store/disk/disk-collections.ts";
import { DiskFiles } from "../store/disk/disk-files.ts";
import { DiskParts } from "../store/disk/disk-parts.ts";
import { DiskRuns } from "../store/disk/disk-runs.ts";
import { DiskScores } from "../store/disk/disk-scores.ts";
import { openFile } from "../store/disk/open-file.ts";
import { diskQuizFiles } from "../store/disk/quiz-files.ts";
import { openServerIdentity } from "../store/disk/server-identity.ts";
import { openDatabase } from "../store/sqlite/database.ts";
import { sqliteAccounts } from "../store/sqlite/sqlite-accounts.ts";
import { openMessages } from "../store/sqlite/open-messages.ts";
import { sqliteModeration } from "../store/sqlite/sqlite-moderation.ts";
import { ThreadedSearch } from "../store/sqlite/threaded-search.ts";
import { sqliteTokens } from "../store/sqlite/sqlite-tokens.ts";
import { listFolder } from "../lib/folder-files.ts";
import { diskShelf, randomSeed } from "./bank-shelf.ts";
import { command, oneOf, portOf } from "./command.ts";
import { joinCode } from "./join-code.ts";
import { joinHint, pageLinks } from "./join-hint.ts";
import { readBank } from "./read-bank.ts";
import { retentionOf } from "./retention-option.ts";
import { stderrLog } from "./stderr-log.ts";

const usage = `Run the classroom server.

Usage: pcs serve [port] [host] [options]

  port                        TCP port (default 10000)
  host                        address to listen on (default ::, every address)

Options:
  --port PORT                 the same as the word
  --host HOST                 the same as the word
  --data DIR                  where accounts, files and scores are kept (default ./pcs-data)
  --registration open|roster  whether new names may register (default open)
  --keep DAYS,SIZE|all        how long messages are kept, and how many of them (default 90d,1GiB)
  --limits default|off        rate limits; off is for load tests (default default)
  --web PORT, --no-web        port of the web page for browsers and phones (default 10081), or none
  --tls auto|require|off      pcs joins encrypted; old clients may join in clear (auto, the default), may not
                              (require), or nothing is encrypted (off)

Lines typed while it runs: send_file:NAME|all:DIR:FILE, Quiz:DIR:QUESTIONS:ANSWERS:SCORES.csv,
/quiz FILE, /kick NAME, /mute NAME, /exam on, /teacher, /qr, shutdown, help.
Every other line is said to the class; help lists them all.
`;

export const serve = command({
  usage,
  negatable: ["web"],
  args: {
    "port-word": { type: "positional", required: false },
    "host-word": { type: "positional", required: false },
    port: { type: "string" },
    host: { type: "string" },
    data: { type: "string", default: "pcs-data" },
    registration: { type: "string", default: "open" },
    keep: { type: "string", default: "90d,1GiB" },
    limits: { type: "string", default: "default" },
    web: { type: "string" },
    tls: { type: "string", default: "auto" },
  },
  run: (args) => {
    const tls = oneOf(args.tls, ["auto", "require", "off"], "--tls");
    return runServer({
      port: portOf(args.port ?? args["port-word"] ?? "10000", "the port"),
      host: args.host ?? args["host-word"] ?? "::",
      data: args.data,
      registration: oneOf(args.registration, ["open", "roster"], "--registration"),
      retention: retentionOf(args.keep),
      limits: oneOf(args.limits, ["default", "off"], "--limits") === "off" ? noLimits : defaultLimits,
      tls,
      web: webOf(args.web),
    });
  },
});

interface ServeOptions {
  port: number;
  host: string;
  data: string;
  registration: "open" | "roster";
  retention: Retention;
  limits: typeof defaultLimits;
  tls: TlsPolicy["kind"];
  web: WebWish | undefined;
}

interface WebWish {
  port: number;
  /** Whether somebody named the port: where it cannot be had, or is chosen by the system, that is told. */
  isNamed: boolean;
}

/** @param given false for `--no-web` */
function webOf(given: string | boolean | undefined): WebWish | undefined {
  if (given === false) return undefined;
  return typeof given === "string"
    ? { port: portOf(given, "--web"), isNamed: true }
    : { port: usualWebPort, isNamed: false };
}

/** Browsers refuse 10080. */
const usualWebPort = 10_081;

async function runServer(options: ServeOptions): Promise<number> {
  const folder = openDataFolder(options.data);
  const tls = tlsPolicy(options.tls, folder);
  const database = openDatabase(folder.database);
  const accounts = sqliteAccounts(database);
  const moderation = sqliteModeration(database);
  const onTerminal = isTerminal(process.stdin, process.stdout);
  const screen = new OperatorConsole({ input: process.stdin, output: process.stdout }, onTerminal);
  const log = stderrLog(folder.faults);
  const messages = openMessages(folder.messages, database, (problem) => screen.line(problem));
  const passwords = new PasswordThreads();
  const search = new ThreadedSearch(folder.messages, folder.searchIndex, (problem) => log.warn(problem));
  // A bug in the handling of one person must not end the class of all others.
  process.on("uncaughtException", (error) => log.fault(error));
  process.on("unhandledRejection", (error) => log.fault(error));
  // Its page is made before anybody can come in.
  const web = options.web === undefined ? undefined : await prepareWeb();
  const stopping = Promise.withResolvers<void>();
  const stop = (): void => stopping.resolve();
  try {
    const server = new Server(options.host, options.port, {
      accounts: new Accounts(accounts, new HashGate(hashesAtOnce(), passwords), Date.now),
      files: new DiskFiles(folder.files, folder.temporary),
      parts: new DiskParts(folder.parts, Date.now()),
      scores: new DiskScores(folder.scores),
      collections: new DiskCollections(folder.collected, folder.temporary),
      runs: new DiskRuns(folder.quizzes, folder.scores),
      screen,
      log,
      limits: options.limits,
      registration: options.registration,
      messages: messages.store,
      retention: options.retention,
      search,
      tokens: new SessionTokens(sqliteTokens(database), accounts, Date.now, randomBytes),
      throttle: new LoginThrottle(options.limits !== noLimits),
      moderation,
      codes: new TeacherCodes(moderation, Date.now, randomBytes),
      audit: diskAudit(folder.audit, (sentence) => screen.line(sentence), Date.now),
      shelf: diskShelf(folder.banks),
      tls,
      now: () => performance.now(),
      wallClock: Date.now,
    });
    const page = await openPage(web, options, server, tls, log);
    const links = page?.links ?? [];
    const operator = new Operator(server.classroom, {
      quizFiles: diskQuizFiles(process.cwd()),
      openFile,
      listFolder,
      workingFolder: process.cwd(),
      readBank,
      randomSeed,
      shutDown: stop,
      joinCode: () => joinCode(links[0]),
    });
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
    // The window was closed; without one (nohup) that signal is none of ours.
    if (onTerminal) process.on("SIGHUP", stop);
    screen.line("Server is up.");
    if (messages.problem !== undefined) screen.line(messages.problem);
    // In the turn in which it began to listen: nobody is in yet.
    server.classroom.quizzes.goOn();
    server.classroom.moderation.goOn();
    const hint = joinHint(networkInterfaces(), options.host, server.port);
    if (onTerminal && hint !== undefined) screen.line(hint);
    if (links.length > 0 && (onTerminal || options.web?.isNamed === true))
      screen.line(
        `${onTerminal ? "Phones and browsers open (/qr shows a code)" : "The page"}: ${links.join("  or  ")}`,
      );
    // A script's output stays as it was until somebody comes in who has the code too.
    if (onTerminal) server.classroom.showCode();
    screen.flush();
    screen.start(process.stdin, {
      line: (text) => void operator.type(text),
      interrupt: stop,
      complete: (line) =>
        completeLine(
          line,
          Array.from(server.classroom.members(), (member) => member.name),
          namesIn,
        ),
    });
    const unwatch = folder.whenGone(() =>
      screen.line(
        `The data folder ${folder.path} is gone: nothing is kept any more. Shut down and start again.`,
      ),
    );
    await stopping.promise;
    unwatch();
    await server.stop();
    await page?.stop();
    screen.line("Server is closed.");
  } finally {
    await screen.stop();
    passwords.end();
    await Promise.all([search.close(), messages.store.close()]);
    accounts.close();
    folder.unlock();
  }
  // The standard input may still be open, and nothing is left to wait for.
  process.exit(0);
}

/** Only a server with a page loads what it takes. */
async function prepareWeb() {
  const [{ startWeb, PortTaken }, { loadClassroomPage }] = await Promise.all([
    import("../classroom/web/start-web.ts"),
    import("../classroom/web/classroom-page.ts"),
  ]);
  return { startWeb, PortTaken, page: await loadClassroomPage() };
}

/** @throws ExpectedError with one sentence where a port that somebody named cannot be had, and nobody is let in */
async function openPage(
  web: Awaited<ReturnType<typeof prepareWeb>> | undefined,
  { host, web: wish }: ServeOptions,
  server: Server,
  tls: TlsPolicy,
  log: ReturnType<typeof stderrLog>,
): Promise<Web | undefined> {
  if (web === undefined || wish === undefined) return undefined;
  try {
    return web.startWeb({
      host,
      port: wish.port,
      names: [host, hostname(), `${hostname()}.local`],
      // Where nobody may join in clear, the page is not served in clear either.
      identity: tls.kind === "require" ? tls.identity : undefined,
      server,
      page: web.page,
      linksOf: (port, scheme) => pageLinks(networkInterfaces(), host, port, scheme),
    });
  } catch (error) {
    if (wish.isNamed || !(error instanceof web.PortTaken)) {
      await server.stop();
      throw error;
    }
    // Two classes on one machine: the second has no page, as nobody asked for one.
    log.warn(error.message);
    return undefined;
  }
}

/** @throws ExpectedError with one sentence, and the folder is free again */
function tlsPolicy(kind: TlsPolicy["kind"], folder: DataFolder): TlsPolicy {
  if (kind === "off") return { kind };
  try {
    return { kind, ...openServerIdentity(folder.identity) };
  } catch (error) {
    folder.unlock();
    throw error;
  }
}

/** One core is left for everything else. */
function hashesAtOnce(): number {
  return Math.max(1, availableParallelism() - 1);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
