/** Says how far each file is on its way to the server, and why one was not taken. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { sentenceOf } from "../refusal.ts";
import { element } from "../../lib/dom.ts";
import { formatBytes } from "../format.ts";
import { closeCapture, uploadCapture } from "./upload-capture.ts";

export class UploadLine {
  readonly element = element("div", { class: "uploads", "aria-live": "polite" });

  /** Hands files over, one after the other. @returns those that were opened */
  async take(files: readonly File[]): Promise<Answers["/api/captures"]> {
    this.element.replaceChildren();
    const opened: Answers["/api/captures"] = [];
    for (const file of files) {
      const row = await this.takeOne(file);
      if (row !== undefined) opened.push(row);
    }
    return opened;
  }

  /** Closes a capture that was opened so. What keeps the server from it is told here. */
  async close(id: string): Promise<void> {
    try {
      await closeCapture(id);
    } catch (error) {
      this.element.append(element("p", { class: "upload problem", role: "alert" }, sentenceOf(error)));
    }
  }

  private async takeOne(file: File): Promise<Answers["/api/captures"][number] | undefined> {
    const progress = element("progress", { max: "1", value: "0", "aria-label": `Upload of ${file.name}` });
    const text = element("span", {}, `${file.name}, ${formatBytes(file.size)}`);
    const line = element("p", { class: "upload" }, text, progress);
    this.element.append(line);
    try {
      const row = await uploadCapture(file, (part) => {
        progress.value = part;
        // All is there, and now it is read.
        if (part === 1) progress.removeAttribute("value");
      });
      line.remove();
      return row;
    } catch (error) {
      const close = element("button", { type: "button", "aria-label": "Dismiss" }, "×");
      close.addEventListener("click", () => line.remove());
      line.replaceChildren(
        element("span", { role: "alert" }, aboutFile(file.name, sentenceOf(error))),
        close,
      );
      line.classList.add("problem");
      return undefined;
    }
  }
}

/** The sentence with the file it is about, where it does not begin with it. */
function aboutFile(name: string, sentence: string): string {
  return sentence.startsWith(name) ? sentence : `${name}: ${sentence}`;
}
