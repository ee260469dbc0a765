/** One of a few: buttons side by side, of which one is pressed. */
import { element } from "../lib/dom.ts";

export interface Choice<Name extends string> {
  readonly element: HTMLElement;
  choose(name: Name): void;
}

/** @param take is called with what the person chose */
export function choice<Name extends string>(
  label: string,
  names: readonly Name[],
  take: (name: Name) => void,
): Choice<Name> {
  const buttons = names.map((name) => {
    const button = element("button", { type: "button" }, name);
    button.addEventListener("click", () => take(name));
    return button;
  });
  return {
    element: element("div", { class: "choice", role: "group", "aria-label": label }, ...buttons),
    choose: (chosen) =>
      buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(names[i] === chosen))),
  };
}
