/** Typed lines in the second protocol: what the first one's lines mean here, and what `/` begins. */
import { encodeControl } from "../protocol/v2/control.ts";
import { maxTextBytes } from "../protocol/v2/limits.ts";
import { encodeSay, encodeTell } from "../protocol/v2/message.ts";
import type { ChatEnd } from "./chat.ts";
import { fileHelpText, runFileCommand } from "./file-commands.ts";
import { FileUploads } from "./file-uploads.ts";
import { firstHint, helpText, roomHelpText, talkHelpText } from "./help-text.ts";
import type { PeerSeat } from "./peer-seat.ts";
import { hint, parseTypedLine, type TypedLine } from "./typed-line.ts";
import { handHelpText, teach, teacherHelpText } from "./peer-teach.ts";

/** What stands before the colon of a line that means something else than its text. */
const headers = new Set(["msg", "to", "quiz_answer"]);

/** For a line that means nothing here. */
const roomHint = `${hint} ${talkHelpText}`;

export class PeerChat {
  #seat: PeerSeat;
  #uploads: FileUploads;
  /** Whether a line without a header is said, as after `/talk`. */
  #talks = false;

  constructor(seat: PeerSeat) {
    this.#seat = seat;
    this.#uploads = new FileUploads(seat);
  }

  /** Reads lines until the person leaves, the input ends or the seat does. */
  async run(): Promise<ChatEnd> {
    const { terminal, presenter } = this.#seat;
    if (terminal.interactive) presenter.note(firstHint);
    while (!this.#seat.isOver) {
      await this.#seat.roomToSay();
      const answer = await terminal.read();
      if (answer.kind === "cancelled") continue;
      const isOver = answer.kind === "end" || (await this.#type(answer.text));
      if (!isOver) continue;
      await this.#uploads.done();
      return answer.kind === "end" ? "input-ended" : "leave";
    }
    return "link-ended";
  }

  /** @returns whether the person leaves */
  async #type(line: string): Promise<boolean> {
    const { presenter } = this.#seat;
    if (line.startsWith("/")) {
      if (!(await runFileCommand(this.#seat, this.#uploads, line))) this.#command(line);
      return false;
    }
    const typed = this.#meant(line);
    switch (typed.kind) {
      case "nothing":
        return false;
      case "leave":
        if (this.#uploads.count > 0) presenter.note("Leaving when the file is sent (Ctrl-C leaves at once).");
        return true;
      case "help":
        this.#help();
        return false;
      case "told":
        presenter.note(typed.sentence === hint ? roomHint : typed.sentence);
        return false;
      case "frame":
        this.#say(typed.header, typed.payload);
        return false;
      default:
        await this.#uploads.send(typed.to === undefined ? {} : { to: typed.to }, typed.path);
        return false;
    }
  }

  #meant(line: string): TypedLine {
    const typed = parseTypedLine(line);
    const hasHeader =
      typed.kind === "frame" ? headers.has(typed.header) : typed.kind !== "told" || typed.sentence !== hint;
    return !this.#talks || hasHeader ? typed : { kind: "frame", header: "msg", payload: line };
  }

  #help(): void {
    const { terminal, role } = this.#seat;
    terminal.print([helpText, roomHelpText, fileHelpText, handHelpText].join("\n"));
    if (role === "teacher") terminal.print(teacherHelpText);
  }

  #talk(argument: string): void {
    const { presenter } = this.#seat;
    if (argument !== "" && argument !== "off") return presenter.note(talkHelpText);
    this.#talks = argument === "";
    presenter.note(this.#talks ? "What you type is said to the room you are in; /talk off ends that." : hint);
  }

  #say(header: string, payload: string): void {
    const seat = this.#seat;
    if (Buffer.byteLength(payload) > maxTextBytes)
      return seat.presenter.note(`The message is longer than ${maxTextBytes} bytes; send it as a file.`);
    if (header === "msg") {
      const { current } = seat.memory;
      seat.say((tag) => {
        const room = seat.roomNumber(current);
        return room === undefined ? undefined : encodeSay({ tag, room, text: payload });
      }, true);
    } else if (header === "to") {
      const at = payload.indexOf(":");
      const name = payload.slice(0, at).trim();
      if (at < 0 || name === "") return seat.presenter.note("A private message needs a name: to:NAME:TEXT.");
      if (Buffer.byteLength(name) > 128) return seat.presenter.note("There is no name as long as this.");
      seat.say((tag) => encodeTell({ tag, name, text: payload.slice(at + 1) }));
    } else if (header === "quiz_answer") {
      const answer = seat.quiz.answer(payload);
      if (typeof answer === "string") return seat.presenter.note(answer);
      seat.say(
        (tag) => encodeControl("answer", { tag, ...answer }),
        false,
        () => seat.tellKept(seat.quiz.keep(answer)),
      );
    } else seat.presenter.note(roomHint);
  }

  #command(line: string): void {
    const [word = "", ...rest] = line.slice(1).trim().split(/\s+/);
    const argument = rest.join(" ");
    const seat = this.#seat;
    switch (word) {
      case "help":
        return this.#help();
      case "talk":
        return this.#talk(argument);
      case "room":
        if (argument === "") seat.presenter.note(`You are in: ${[...seat.memory.rooms.keys()].join(", ")}.`);
        else seat.enterRoom(argument);
        return;
      case "rooms":
        return seat.ask("rooms");
      case "leave":
        return seat.leaveRoom(argument === "" ? seat.memory.current : argument);
      case "history":
        return seat.ask("history");
      case "search":
        if (argument === "") return seat.presenter.note("Type the words to be found: /search WORDS.");
        return seat.search(seat.searches.first(line.trim().slice("/search".length).trim()));
      case "more":
        return seat.search(seat.searches.next());
      case "team":
        return this.#chooseTeam(argument);
      default:
        if (!teach(seat, line)) seat.presenter.note(`There is no /${word}. ${roomHelpText}`);
    }
  }

  #chooseTeam(team: string): void {
    const seat = this.#seat;
    const quiz = seat.quiz.number;
    if (quiz === undefined) return seat.presenter.note("There is no quiz now.");
    if (team === "" || team.length > 64) return seat.presenter.note("A team needs a short name: /team NAME.");
    seat.say((tag) => encodeControl("team", { tag, quiz, team }));
  }
}
