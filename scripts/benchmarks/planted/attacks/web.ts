/** Keeping a web server busy: by asking it more than it can answer, or by never finishing a question. */
import type { Attack } from "../attack.ts";
import { about, between, ephemeralPort, gap, pick, randomText } from "../chance.ts";
import { TcpConversation } from "../tcp-conversation.ts";

const farUs = 60_000;
const agents = [
  "Mozilla/5.0 (X11; Linux x86_64)",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
  "curl/7.88.1",
];

/** Twelve bots ask for pages that no cache has; each connection is whole. */
export const httpFlood: Attack = ({ random, cast, emit }) => {
  const server = cast.host();
  const bots = Array.from({ length: 12 }, () => cast.outsider(server));
  const page = Buffer.from(randomText(random, 620, "abcdefghij klmnopqrstuvwxyz<>/"));
  return (atUs) => {
    const ends = { client: pick(random, bots), clientPort: ephemeralPort(random), server, serverPort: 80 };
    const target = `/search?q=${randomText(random, between(random, 6, 14))}`;
    const head = `GET ${target} HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: ${pick(random, agents)}\r\n`;
    const answer = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: ${page.length}\r\n\r\n`;
    new TcpConversation(random, emit, ends, atUs, farUs)
      .open()
      .send("client", Buffer.from(`${head}Accept: */*\r\nConnection: close\r\n\r\n`))
      .wait(about(random, 9000, 0.7))
      .send("server", Buffer.concat([Buffer.from(answer), page]))
      .close("server");
    return gap(random, 28_000);
  };
};

const heldConnections = 40;

/** One client holds many connections and gives each another line of its header every ten seconds or so. */
export const slowloris: Attack = ({ random, cast, emit }) => {
  const server = cast.host();
  const client = cast.outsider(server);
  const held: TcpConversation[] = [];
  let clientPort = ephemeralPort(random);
  let turn = 0;
  return (atUs) => {
    if (held.length < heldConnections) {
      clientPort = clientPort >= 60_999 ? 32_768 : clientPort + 1;
      const ends = { client, clientPort, server, serverPort: 80 };
      const start = `GET /?${random.below(9999)} HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: ${agents[0]}\r\n`;
      held.push(
        new TcpConversation(random, emit, ends, atUs, farUs).open().send("client", Buffer.from(start)),
      );
      return about(random, 60_000, 0.5);
    }
    const next = held[turn++ % held.length]!;
    next.atUs = Math.max(next.atUs, atUs);
    next.send("client", Buffer.from(`X-a: ${between(random, 1, 5000)}\r\n`));
    return about(random, 10_000_000 / heldConnections, 0.6);
  };
};
