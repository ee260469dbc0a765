/** The classroom once one is in: chat, quiz, files and people; on a small screen one of them at a time. */
import { byId, element } from "../lib/dom.ts";
import type { Classroom } from "./classroom.ts";
import { ChatPanel } from "./chat/chat-panel.ts";
import { PeoplePanel } from "./chat/people-panel.ts";
import { FilesPanel } from "./files/files-panel.ts";
import { TeachPanel } from "./teach/teach-panel.ts";
import { QuizPanel } from "./quiz/quiz-panel.ts";

const panelNames = ["chat", "quiz", "files", "people", "teach"] as const;

export type PanelName = (typeof panelNames)[number];

const titles: Record<PanelName, string> = {
  chat: "Chat",
  quiz: "Quiz",
  files: "Files",
  people: "People",
  teach: "Teach",
};

export class RoomView {
  readonly root: HTMLElement;
  #classroom: Classroom;
  #tabs = new Map<PanelName, HTMLButtonElement>();
  #panels: HTMLElement;
  #state = element("p", { class: "link-state", role: "status" });
  #name = element("p", { class: "me" });
  #notices = element("div", { class: "notices", role: "alert" });
  #askedQuestion = "";
  #chat: ChatPanel;
  #teach: TeachPanel;

  constructor(classroom: Classroom, leave: () => void) {
    this.#classroom = classroom;
    this.#teach = new TeachPanel(classroom);
    this.#chat = new ChatPanel(classroom);
    const leaveButton = element("button", { type: "button" }, "Leave");
    leaveButton.addEventListener("click", leave);
    const nav = element("nav", { class: "tabs", "aria-label": "Parts of the classroom" });
    for (const name of panelNames) {
      const tab = element("button", { type: "button" }, titles[name]);
      tab.addEventListener("click", () => this.open(name));
      this.#tabs.set(name, tab);
      nav.append(tab);
    }
    const open = (name: PanelName): void => this.open(name);
    this.#panels = element(
      "div",
      { class: "panels" },
      this.#chat.root,
      new QuizPanel(classroom).root,
      new FilesPanel(classroom).root,
      new PeoplePanel(classroom, open).root,
      this.#teach.root,
    );
    this.root = element(
      "div",
      { class: "room" },
      element(
        "header",
        { class: "top" },
        element("h1", {}, "Classroom"),
        this.#name,
        this.#state,
        leaveButton,
      ),
      nav,
      this.#panels,
      this.#notices,
    );
    classroom.changes.on(["stage", "mode"], () => this.#showStage());
    classroom.changes.on(["rooms", "people", "quiz", "files", "teach"], () => this.#showTabs());
    classroom.changes.on(["quiz"], () => this.#showQuestion());
    classroom.changes.on(["notices"], () => this.#showNotices());
    document.addEventListener("visibilitychange", () => this.#look());
    new ResizeObserver(() => this.#look()).observe(this.#chat.root);
    this.open("chat");
    this.#showStage();
    this.#showTabs();
    this.#showQuestion();
  }

  open(name: PanelName): void {
    this.#panels.dataset["shown"] = name;
    for (const [each, tab] of this.#tabs) tab.setAttribute("aria-current", String(each === name));
    this.#look();
    this.#showTabs();
  }

  #showStage(): void {
    const { stage, name, mode } = this.#classroom;
    this.#name.textContent = name;
    this.root.toggleAttribute("data-away", stage.kind === "away");
    const isExam = !mode.chat && !mode.files;
    this.#state.textContent =
      stage.kind === "away"
        ? "The connection is lost. What you write is kept, and sent when it is back."
        : isExam
          ? "Exam: chat and files are off."
          : "";
  }

  /** What is new behind each tab. */
  #showTabs(): void {
    const { unread, people, quiz, downloads, collections, isTeacher, teach } = this.#classroom;
    const hands = teach.hands.hands.length;
    const due = isTeacher ? 0 : collections.dueCount;
    const files = due + downloads.list.filter(({ state }) => state === "there" || state === "offered").length;
    this.#showTitle();
    const marks: Record<PanelName, string> = {
      chat: unread > 0 ? String(unread) : "",
      quiz: quiz.isRunning ? "now" : "",
      files: files > 0 ? String(files) : "",
      people: people.length > 0 ? String(people.length) : "",
      teach: hands > 0 ? String(hands) : "",
    };
    this.#tabs.get("teach")!.hidden = !isTeacher;
    this.#teach.root.hidden = !isTeacher;
    this.root.toggleAttribute("data-teacher", isTeacher);
    for (const [name, tab] of this.#tabs)
      tab.replaceChildren(
        titles[name],
        ...(marks[name] === ""
          ? []
          : [" ", element("span", { class: name === "people" ? "mark quiet" : "mark" }, marks[name])]),
      );
  }

  /** Whoever is at another tab of the browser sees there that something was said. */
  #showTitle(): void {
    const { unread } = this.#classroom;
    document.title = document.hidden && unread > 0 ? `(${unread}) Classroom` : "Classroom";
  }

  #look(): void {
    this.#classroom.reading.look(!document.hidden && this.#chat.root.checkVisibility());
    this.#showTitle();
  }

  /** A question that is new is shown and said, unless somebody is in the middle of writing. */
  #showQuestion(): void {
    const { quiz } = this.#classroom;
    const asked = quiz.isRunning ? quiz.questions.get(quiz.current ?? 1) : undefined;
    if (asked === undefined) return;
    const key = `${quiz.number} ${asked.content.number} ${asked.content.round ?? 1}`;
    if (key === this.#askedQuestion) return;
    this.#askedQuestion = key;
    byId("said").textContent = `Question ${asked.content.number}: ${asked.content.text}`;
    if (isWriting() || this.#classroom.isTeacher) return;
    // Keys are for the question now, and not for a message that nobody has begun.
    if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
    this.open("quiz");
  }

  #showNotices(): void {
    this.#notices.replaceChildren(...this.#classroom.notices.map((text) => element("p", {}, text)));
  }
}

function isWriting(): boolean {
  const { activeElement } = document;
  return activeElement instanceof HTMLTextAreaElement && activeElement.value !== "";
}
