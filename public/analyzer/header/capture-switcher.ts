/** Which of the open captures is looked at, and with which it is compared; another one is opened here. */
import type { Answers } from "../../../src/analyzer/dashboard/contract.ts";
import { element } from "../../lib/dom.ts";
import { formatCount } from "../format.ts";
import type { PanelContext } from "../panel.ts";
import type { ViewState } from "../view-state.ts";
import { takeDroppedFiles } from "./drop-target.ts";
import { UploadLine } from "./upload-line.ts";

type CaptureRow = Answers["/api/captures"][number];

export class CaptureSwitcher {
  readonly element: HTMLElement;
  /** Uploads on their way. */
  readonly uploads: HTMLElement;
  /** What is open; empty until the server told. */
  captures: readonly CaptureRow[] = [];
  private readonly context: PanelContext;
  private readonly changed: () => void;
  private readonly current = element("select", { id: "capture", "aria-label": "Capture" });
  private readonly compare = element("select", { id: "compare" });
  private readonly compareField = element(
    "span",
    { class: "compare-field", hidden: "" },
    element("label", { for: "compare" }, "compare with"),
    this.compare,
  );
  private readonly close = element("button", { type: "button", hidden: "" }, "Close");
  private readonly line = new UploadLine();

  /** @param changed is called when the captures are known anew */
  constructor(context: PanelContext, changed: () => void) {
    this.context = context;
    this.changed = changed;
    this.uploads = this.line.element;
    const picker = element("input", {
      type: "file",
      id: "open-file",
      class: "visually-hidden",
      multiple: "",
    });
    picker.addEventListener("change", () => {
      void this.open([...(picker.files ?? [])]);
      picker.value = "";
    });
    const opener = element(
      "label",
      { for: "open-file", class: "button", title: "Or drop a capture file anywhere on this page" },
      "Open a file",
    );
    this.current.addEventListener("change", () => this.switchTo(this.current.value));
    this.compare.addEventListener("change", () => {
      const { value } = this.compare;
      context.view.set({ compare: value === "" ? undefined : value, tab: "overview" });
    });
    this.close.title = "Closes this capture here; your file stays as it is";
    this.close.addEventListener("click", () => void this.closeCurrent());
    this.element = element(
      "div",
      { class: "switcher" },
      this.current,
      this.close,
      this.compareField,
      picker,
      opener,
    );
    this.element.hidden = context.data.isFile;
    if (!context.data.isFile) takeDroppedFiles((files) => void this.open(files));
  }

  /** Asks what is open. What fails here, the panels tell of. */
  async load(): Promise<void> {
    if (this.context.data.isFile) return;
    this.captures = await this.context.data.get("/api/captures", {}).catch(() => this.captures);
    this.show(this.context.view.state);
    this.changed();
  }

  show({ selection, compare }: ViewState): void {
    const current = selection.capture ?? this.captures[0]?.id ?? "";
    this.current.replaceChildren(...this.captures.map(optionOf));
    this.current.value = current;
    this.current.hidden = this.captures.length < 2;
    // The one that pcs was started with stays open.
    this.close.hidden = current === (this.captures[0]?.id ?? "");
    const others = this.captures.filter(({ id }) => id !== current);
    this.compare.replaceChildren(element("option", { value: "" }, "nothing"), ...others.map(optionOf));
    this.compare.value = compare ?? "";
    this.compareField.hidden = others.length === 0;
  }

  private async open(files: readonly File[]): Promise<void> {
    const opened = await this.line.take(files);
    const last = opened.at(-1);
    if (last === undefined) return;
    await this.load();
    this.switchTo(last.id);
  }

  private async closeCurrent(): Promise<void> {
    const { view } = this.context;
    const { capture } = view.state.selection;
    const first = this.captures[0];
    if (capture === undefined || first === undefined) return;
    // Looked away from first, so that nothing more is asked of what is closed.
    this.switchTo(first.id);
    await this.line.close(capture);
    await this.load();
  }

  /** Another capture is looked at with the same filter, but not at the same time. */
  private switchTo(id: string): void {
    const { view } = this.context;
    const { compare } = view.state;
    const selection = { ...view.state.selection, capture: id };
    delete selection.from;
    delete selection.to;
    view.set({
      selection,
      packet: undefined,
      flow: undefined,
      compare: compare === id ? undefined : compare,
    });
  }
}

function optionOf({ id, name, packets, live }: CaptureRow): HTMLOptionElement {
  const short = name.split(/[\\/]/).at(-1) ?? name;
  return element("option", { value: id }, `${short} (${live ? "live" : `${formatCount(packets)} packets`})`);
}
