/** The classroom page: joins, and shows what there is to show at each stage of the stay. */
import { byId, element } from "../lib/dom.ts";
import { Classroom } from "./classroom.ts";
import { JoinForm } from "./join-form.ts";
import { RoomView } from "./room-view.ts";
import { Stay } from "./stay.ts";

const classroom = new Classroom();
const stay = new Stay(classroom, `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
const page = byId("page");
const joinForm = new JoinForm((...login) => stay.logIn(...login));
let roomView: RoomView | undefined;

function show(): void {
  const { stage } = classroom;
  page.removeAttribute("aria-busy");
  switch (stage.kind) {
    case "connecting":
      return put(
        message("Connecting …", stage.problem === undefined ? [] : [stage.problem, "It is tried again."]),
      );
    case "joining":
      joinForm.show(stage.problem, stage.isBusy, stage.wantsPassword);
      return put(joinForm.root);
    case "in":
    case "away":
      roomView ??= new RoomView(classroom, () => stay.leave());
      return put(roomView.root);
    case "over":
      return put(message(stage.text, [], comeBackButton()));
  }
}

function put(shown: HTMLElement): void {
  if (page.firstElementChild === shown && page.childElementCount === 1) return;
  page.replaceChildren(shown);
  if (shown === joinForm.root) joinForm.focus();
}

function message(title: string, sentences: readonly string[], ...actions: HTMLElement[]): HTMLElement {
  return element(
    "section",
    { class: "card middle", role: "status" },
    element("h1", {}, title),
    ...sentences.map((sentence) => element("p", {}, sentence)),
    ...actions,
  );
}

function comeBackButton(): HTMLElement {
  const button = element("button", { type: "button", class: "main" }, "Come back");
  button.addEventListener("click", () => stay.comeBack());
  return button;
}

// A file that is dropped beside its place would be opened instead of the page.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());

classroom.changes.on(["stage"], show);
show();
stay.connect();
