/** Of a running capture: that it runs, whether the page goes with it, and the buttons for both. */
import { element } from "../../lib/dom.ts";
import type { LiveFeed } from "../live/live-feed.ts";
import type { ViewStore } from "../view-store.ts";

export class LiveControls {
  readonly element: HTMLElement;
  private readonly state = element("span", { class: "chip live", role: "status" });
  private readonly pause = element("button", { type: "button" }, "Pause");
  private readonly follow = element("button", { type: "button" }, "Follow");

  constructor(view: ViewStore, setPaused: (paused: boolean) => void) {
    this.pause.addEventListener("click", () => setPaused(this.pause.getAttribute("aria-pressed") !== "true"));
    this.follow.addEventListener("click", () => view.set({ follow: !view.state.follow }, "replace"));
    this.follow.title = "Keeps the newest packets in sight";
    this.pause.title = "Keeps what is shown as it is; the capture goes on";
    const showFollow = (): void => this.follow.setAttribute("aria-pressed", String(view.state.follow));
    view.subscribe(showFollow);
    showFollow();
    this.element = element(
      "div",
      { class: "live-controls", hidden: "" },
      this.state,
      this.pause,
      this.follow,
    );
  }

  show({ live, connected, paused, snapshot }: LiveFeed): void {
    this.element.hidden = !live;
    if (snapshot === undefined) return;
    const text = !connected ? "connection lost, trying again" : paused ? "paused" : "live";
    if (this.state.textContent !== text) this.state.textContent = text;
    this.state.classList.toggle("lost", !connected);
    this.state.classList.toggle("paused", connected && paused);
    this.pause.setAttribute("aria-pressed", String(paused));
  }
}
