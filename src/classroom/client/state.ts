/**
 * What the client knows and shows, as a reducer: an event in, the next state and the paragraphs to print out.
 * Everything in a paragraph is safe to print; colours are added where it is printed.
 */
import { shuttingDown } from "../protocol/messages.ts";
import { maxNames } from "./limits.ts";
import { showable, showableLine } from "../../lib/showable.ts";

export interface ClientState {
  /** The name of whoever sits here. */
  self: string | undefined;
  /** People heard of, the latest first. */
  names: readonly string[];
  /** The server has said that it stops. */
  shutDown: boolean;
}

export type ClientEvent =
  | { kind: "named"; name: string }
  | { kind: "frame"; header: string; text: string }
  | { kind: "file-sent"; file: string; to: string | undefined }
  | { kind: "file-received"; file: string; savedAs: string; sender: string | undefined }
  | { kind: "file-lost"; file: string; sender: string | undefined; reason: string };

export interface Paragraph {
  /** Whether the line `=================` stands above it. */
  ruled: boolean;
  text: string;
  /** Whose words these are, and where in the text the name stands. */
  speaker: { name: string; start: number; end: number } | undefined;
}

export const firstState: ClientState = { self: undefined, names: [], shutDown: false };

export function reduce(
  state: ClientState,
  event: ClientEvent,
): { state: ClientState; paragraphs: Paragraph[] } {
  switch (event.kind) {
    case "named":
      return {
        state: { ...state, self: event.name, names: without(state.names, event.name) },
        paragraphs: [],
      };
    case "frame":
      return reduceFrame(state, event.header, event.text);
    case "file-sent": {
      const target = event.to === undefined ? "server" : showableLine(event.to);
      return { state, paragraphs: [note(`File '${showableLine(event.file)}' sent to ${target}.`)] };
    }
    case "file-received": {
      const file = showableLine(event.file);
      const paragraphs = [note(`File '${file}' received from ${senderOf(event.sender)}.`)];
      if (event.savedAs !== event.file)
        paragraphs.push(note(`It is saved as '${showableLine(event.savedAs)}'.`));
      return { state, paragraphs };
    }
    default: {
      const file = showableLine(event.file);
      const from = senderOf(event.sender);
      return { state, paragraphs: [note(`File '${file}' from ${from} could not be kept: ${event.reason}.`)] };
    }
  }
}

export function note(text: string): Paragraph {
  return { ruled: false, text, speaker: undefined };
}

// Below: what can be read off the sentences of the first protocol.

function reduceFrame(
  state: ClientState,
  header: string,
  raw: string,
): { state: ClientState; paragraphs: Paragraph[] } {
  const text = showable(raw.endsWith("\n") ? raw.slice(0, -1) : raw);
  const speaker = speakerOf(header, text);
  // Chat of several lines is indented, so that nobody can put a line of somebody else's into his message.
  const shown = speaker === undefined || speaker.name === "Server" ? text : text.replaceAll("\n", "\n  ");
  const next = { ...state, shutDown: state.shutDown || (header === "info" && raw === shuttingDown) };
  return { state: learnName(next, header, text), paragraphs: [{ ruled: true, text: shown, speaker }] };
}

/** `Client NAME: TEXT`, `NAME (private): TEXT` or `Server: TEXT`. */
function speakerOf(header: string, text: string): Paragraph["speaker"] {
  if (header === "msg") {
    const match = /^Client ([^:\n]+): /.exec(text);
    return match === null ? undefined : { name: match[1]!, start: 7, end: 7 + match[1]!.length };
  }
  const match = header === "info" ? /^([^:\n]+) \(private\): /.exec(text) : null;
  if (match !== null) return { name: match[1]!, start: 0, end: match[1]!.length };
  return text.startsWith("Server: ") ? { name: "Server", start: 0, end: 6 } : undefined;
}

function learnName(state: ClientState, header: string, text: string): ClientState {
  const left = header === "info" ? /^Server: Client ([^:\n]+) left the server\.$/.exec(text) : null;
  if (left !== null) return { ...state, names: without(state.names, left[1]!) };
  const joined = header === "info" ? /^Server: Client ([^:\n]+) joined the server\.$/.exec(text) : null;
  const name = joined === null ? speakerOf(header, text)?.name : joined[1]!;
  if (name === undefined || name === "Server" || name === state.self || name.includes("�")) return state;
  if (state.names[0] === name) return state;
  return { ...state, names: [name, ...without(state.names, name)].slice(0, maxNames) };
}

function without(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((other) => other !== name) : names;
}

function senderOf(sender: string | undefined): string {
  return sender === undefined ? "server" : showableLine(sender);
}
