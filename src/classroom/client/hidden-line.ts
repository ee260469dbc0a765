/** A line typed on a keyboard in raw mode, of which nothing is shown. */

export type HiddenKey = { kind: "line"; text: string } | { kind: "end" } | { kind: "interrupt" };

export class HiddenLine {
  #decoder = new TextDecoder();
  #text = "";

  /** @returns what the keys brought about, in order */
  type(bytes: Uint8Array): HiddenKey[] {
    const keys: HiddenKey[] = [];
    for (const character of this.#decoder.decode(bytes, { stream: true })) {
      if (character === "\r" || character === "\n") {
        keys.push({ kind: "line", text: this.#text });
        this.#text = "";
      } else if (character === "\x03") keys.push({ kind: "interrupt" });
      else if (character === "\x04" && this.#text === "") keys.push({ kind: "end" });
      else if (character === "\x7f" || character === "\b") this.#text = this.#text.replace(/.$/su, "");
      else if (character === "\x15") this.#text = "";
      else if (character >= " ") this.#text += character;
    }
    return keys;
  }
}
