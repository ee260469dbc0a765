/** Putting options in order: each has two buttons, so that a thumb and a keyboard can do it as well as a mouse. */
import { element } from "../../lib/dom.ts";
import type { AnswerField } from "./answer-fields.ts";

interface Item {
  letter: string;
  text: string;
}

export function orderField(items: readonly Item[], labelledBy: string): AnswerField {
  const root = element("ol", { class: "order", "aria-labelledby": labelledBy });
  let order = [...items];
  let isOpen = true;
  const rows = new Map<Item, { row: HTMLElement; up: HTMLButtonElement; down: HTMLButtonElement }>();

  const move = (item: Item, by: number): void => {
    const at = order.indexOf(item);
    const to = at + by;
    if (!isOpen || to < 0 || to >= order.length) return;
    order.splice(at, 1);
    order.splice(to, 0, item);
    show();
    const { up, down } = rows.get(item)!;
    const wanted = by < 0 ? up : down;
    (wanted.disabled ? (by < 0 ? down : up) : wanted).focus();
  };
  for (const item of items) {
    const [up, down] = ([-1, 1] as const).map((by) => {
      const words = by < 0 ? "up" : "down";
      const button = element(
        "button",
        { type: "button", "aria-label": `Move ${item.text} ${words}` },
        by < 0 ? "▲" : "▼",
      );
      button.addEventListener("click", () => move(item, by));
      return button;
    }) as [HTMLButtonElement, HTMLButtonElement];
    rows.set(item, {
      row: element("li", {}, element("span", { class: "text" }, item.text), up, down),
      up,
      down,
    });
  }

  function show(): void {
    root.replaceChildren(...order.map((item) => rows.get(item)!.row));
    for (const [at, item] of order.entries()) {
      const { up, down } = rows.get(item)!;
      up.disabled = !isOpen || at === 0;
      down.disabled = !isOpen || at === order.length - 1;
    }
  }
  show();
  return {
    root,
    value: () => order.map(({ letter }) => letter).join(" "),
    set(given) {
      const letters = given.split(/\s+/);
      const chosen = letters.map((letter) => items.find((item) => item.letter === letter));
      if (chosen.includes(undefined) || chosen.length !== items.length) return;
      order = chosen as Item[];
      show();
    },
    enable(open) {
      if (open === isOpen) return;
      isOpen = open;
      show();
    },
  };
}
