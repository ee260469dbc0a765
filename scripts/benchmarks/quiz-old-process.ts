/**
 * An original client as a process of its own: `PORT NAME register|login`. It answers the lines of its standard input,
 * as a student types them, and prints each frame that it hears as a line of JSON. It ends when the connection does.
 */
import { OldClient } from "../../src/e2e/old-client.test-support.ts";

const [port, name, entry] = process.argv.slice(2);
const password = "a long password";
const client = await open();
void readLines();
for (;;) {
  const event = await client.next(3_600_000);
  if (event.kind === "closed") break;
  if (event.kind === "frame") process.stdout.write(`${JSON.stringify([event.header, event.payload])}\n`);
}
process.exit(0);

async function open(): Promise<OldClient> {
  if (entry === "register") {
    const registered = await OldClient.registered(Number(port), name!, password);
    process.stdout.write(`${JSON.stringify(["info", "Server: You joined the server.\n"])}\n`);
    return registered;
  }
  const known = new OldClient(Number(port));
  for (const line of ["yes", name!, password]) known.send("info", line);
  return known;
}

async function readLines(): Promise<void> {
  for await (const line of console) client.type(line);
}
