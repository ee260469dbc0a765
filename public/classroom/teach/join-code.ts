/** How students come in: the link, and the same as a code for phones. */
import { element } from "../../lib/dom.ts";

export function joinCode(): HTMLElement {
  const link = element("p", { class: "link" });
  const picture = element("img", {
    class: "code",
    alt: "The link as a code for phones",
    width: "220",
    height: "220",
  });
  const details = element("details", {}, element("summary", {}, "How students join"), link, picture);
  details.addEventListener("toggle", () => {
    if (!details.open || picture.src !== "") return;
    picture.src = "./join.svg";
    fetch("./join")
      .then(async (answer) => (link.textContent = await answer.text()))
      .catch(() => (link.textContent = location.origin));
  });
  return details;
}
