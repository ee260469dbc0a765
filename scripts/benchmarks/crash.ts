/**
 * kill -9 of the server 200 times at random moments, and of clients as often, under chat, private messages, files both
 * ways and quiz answers: what was acknowledged must be there, once.
 *
 *   scripts/bench crash          200 times
 *   PCS_KILLS=20 scripts/bench crash
 */
import { runCrashes } from "../../src/e2e/crash.test-support.ts";
import { buildExecutable, freePort, say } from "./peers.ts";

const lifeMs = 900;

export async function run(): Promise<void> {
  const kills = Number(process.env["PCS_KILLS"] ?? 200);
  const startedAt = performance.now();
  const figures = await runCrashes({
    executable: buildExecutable(),
    port: freePort(),
    kills,
    lifeMs,
    tell: say,
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  say(
    `${figures.kills} kills of the server and ${figures.clientDeaths} of clients in ${seconds.toFixed(0)} s, ` +
      `${figures.reconnects} tries to connect`,
  );
  say(
    `acknowledged: ${figures.messages} messages, ${figures.privateMessages} private ones, ${figures.answers} answers, ` +
      `${figures.uploads} files to the server, ${figures.downloads} from it, ${figures.resumes} times gone on with`,
  );
  say(`kept without being told, once each, because their client had died: ${figures.keptUntold}`);
  for (const fault of figures.faults) say(`FAULT ${fault}`);
  say(`lost, doubled or otherwise wrong: ${figures.faults.length}`);
  if (figures.faults.length > 0) throw new Error("something was lost or doubled");
}
