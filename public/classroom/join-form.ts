/** Where a person becomes one: a name and a password, for a new account or for one that is there. */
import { element } from "../lib/dom.ts";
import { minPasswordBytes } from "../../src/classroom/protocol/v2/limits.ts";
import { readSeat } from "./own-seat.ts";

export class JoinForm {
  readonly root: HTMLElement;
  #name = element("input", { id: "name", autocomplete: "username", maxlength: "32", required: "" });
  #password = element("input", { id: "password", type: "password", maxlength: "256", required: "" });
  #newPassword = element("input", {
    id: "new-password",
    type: "password",
    maxlength: "256",
    autocomplete: "new-password",
  });
  #ownPassword = element(
    "div",
    { class: "join" },
    element("label", { for: "new-password" }, "A password of your own, from now on"),
    this.#newPassword,
  );
  /** What was typed as the password is a code that works once. */
  #wantsPassword = false;
  #isNew = element("input", { type: "radio", name: "who", id: "is-new", checked: "" });
  #isKnown = element("input", { type: "radio", name: "who", id: "is-known" });
  #help = element("p", { id: "password-help", class: "hint" });
  #problem = element("p", { class: "problem", role: "alert" });
  #button = element("button", { type: "submit", class: "main" }, "Join");

  constructor(
    join: (name: string, password: string, create: boolean, newPassword: string | undefined) => void,
  ) {
    const form = element(
      "form",
      { class: "join" },
      element(
        "fieldset",
        { class: "choice" },
        element("legend", { class: "visually-hidden" }, "Have you been here before?"),
        this.#isNew,
        element("label", { for: "is-new" }, "I am new here"),
        this.#isKnown,
        element("label", { for: "is-known" }, "I have been here"),
      ),
      element("label", { for: "name" }, "Name"),
      this.#name,
      element("label", { for: "password" }, "Password"),
      this.#password,
      this.#help,
      this.#ownPassword,
      this.#problem,
      this.#button,
    );
    this.#password.setAttribute("aria-describedby", "password-help");
    this.root = element("section", { class: "card middle" }, element("h1", {}, "Join the classroom"), form);
    if (isOpenToOthers())
      this.root.append(
        element(
          "p",
          { class: "hint" },
          "This page is not encrypted: whoever listens in this network can read what you write here, " +
            "and your password. Take one that you use nowhere else.",
        ),
      );
    for (const choice of [this.#isNew, this.#isKnown])
      choice.addEventListener("change", () => this.#showChoice());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#isWrong()) return;
      const chosen = this.#wantsPassword ? this.#newPassword.value : undefined;
      join(this.#name.value.trim(), this.#password.value, this.#isNew.checked, chosen);
    });
    const known = readSeat()?.name;
    if (known !== undefined) {
      this.#name.value = known;
      this.#isKnown.checked = true;
    }
    this.#showChoice();
  }

  show(problem: string | undefined, isBusy: boolean, wantsPassword: boolean): void {
    this.#wantsPassword = wantsPassword;
    this.#ownPassword.hidden = !wantsPassword;
    this.#problem.textContent = problem ?? "";
    this.#button.disabled = isBusy;
    this.#button.textContent = isBusy ? "Joining …" : "Join";
    if (!isBusy && problem !== undefined) this.focus();
  }

  focus(): void {
    if (this.#wantsPassword) this.#newPassword.focus();
    else if (this.#name.value === "") this.#name.focus();
    else this.#password.focus();
  }

  #showChoice(): void {
    const isNew = this.#isNew.checked;
    this.#password.autocomplete = isNew ? "new-password" : "current-password";
    this.#help.textContent = isNew
      ? `At least ${minPasswordBytes} characters. You need it to come back.`
      : "";
  }

  /** The rest the server says. */
  #isWrong(): boolean {
    const chosen = this.#wantsPassword ? this.#newPassword : this.#isNew.checked ? this.#password : undefined;
    const isShort = chosen !== undefined && new TextEncoder().encode(chosen.value).length < minPasswordBytes;
    if (isShort)
      this.show(`A password has at least ${minPasswordBytes} characters here.`, false, this.#wantsPassword);
    return isShort;
  }
}

/** Whether what is sent crosses a network in clear. */
function isOpenToOthers(): boolean {
  return location.protocol !== "https:" && !/^(localhost|127\.|\[::1\])/.test(location.hostname);
}
